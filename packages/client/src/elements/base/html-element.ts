/** What elements extend: on a server, where there is none, importing this does no harm. */
export const HtmlElement = (
  typeof HTMLElement === 'undefined' ? class {} : HTMLElement
) as typeof HTMLElement;
