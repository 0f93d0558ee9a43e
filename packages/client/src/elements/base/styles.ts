import { themeCss } from './theme.ts';

const common = `${themeCss}
:host{display:inline-block;font-variant-numeric:tabular-nums}
:host([hidden]){display:none}
*,*::before,*::after{box-sizing:border-box}
button{font:inherit;color:inherit;margin:0;padding:0;border:0;background:none;cursor:pointer;touch-action:manipulation;
-webkit-touch-callout:none;user-select:none}
:focus-visible{outline:2px solid var(--_accent);outline-offset:2px}
.icon{width:16px;height:16px;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.only-spoken{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (prefers-reduced-motion:reduce){*,*::before,*::after{animation:none!important;transition:none!important}}`;

const sheets = new Map<string, CSSStyleSheet>();

/** Styles a shadow root; roots of the same kind share a sheet. */
export function addStyles(root: ShadowRoot, css: string): void {
  if (!('adoptedStyleSheets' in root)) {
    const style = document.createElement('style');
    style.textContent = common + css;
    (root as ShadowRoot).append(style);
    return;
  }
  let sheet = sheets.get(css);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(common + css);
    sheets.set(css, sheet);
  }
  root.adoptedStyleSheets = [sheet];
}
