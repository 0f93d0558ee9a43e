/** A message in view, and how far below the upper edge it begins. */
export interface ScrollAnchor {
  readonly element: Element;
  readonly topPx: number;
}

const topIn = (scroller: Element, element: Element): number =>
  element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;

/** The first message that is in view; undefined where there is none. */
export function anchorIn(scroller: Element, selector: string): ScrollAnchor | undefined {
  const elements = [...scroller.querySelectorAll(selector)];
  const viewTop = scroller.getBoundingClientRect().top;
  // They follow each other downwards: half of the rest is left out with each look.
  let [from, to] = [0, elements.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const isAbove = (elements[middle]?.getBoundingClientRect().bottom ?? 0) <= viewTop;
    if (isAbove) from = middle + 1;
    else to = middle;
  }
  const element = elements[from];
  return element && { element, topPx: topIn(scroller, element) };
}

/** The same message, where it is once its reader has scrolled. */
export const movedBy = ({ element, topPx }: ScrollAnchor, px: number): ScrollAnchor => ({
  element,
  topPx: topPx + px,
});

/** Scrolls so that the message is where it was, whatever came above or below it meanwhile. */
export function restoreAnchor(scroller: Element, { element, topPx }: ScrollAnchor): void {
  if (element.isConnected) scroller.scrollTop += topIn(scroller, element) - topPx;
}
