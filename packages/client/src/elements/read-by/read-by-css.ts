import { cardCss } from '../people/card-css.ts';
import { ringCss } from './ring.ts';

export const readByCss = `${cardCss}${ringCss}
:host(:not([data-read])){display:none}
[part=button]{display:inline-flex;align-items:baseline;gap:.35em;border-radius:4px}
.text{display:inline-grid;white-space:nowrap;text-align:start}
.text>*{grid-area:1/1}
.room{visibility:hidden}`;
