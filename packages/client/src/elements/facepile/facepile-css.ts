import { cardCss } from '../people/card-css.ts';

export const facepileCss = `${cardCss}
:host{vertical-align:middle}
:host(:not([data-count])){display:none}
[part=button]{--face:var(--_face-size);display:inline-flex;align-items:center;border-radius:calc(var(--face)/2 + 2px);
padding:0 2px;line-height:1}
[part=button]>.face{margin-inline-start:calc(var(--face)*-.25);box-shadow:0 0 0 1.5px var(--_face-ring);
animation:come .25s ease-out}
[part=button]>.face:first-child{margin-inline-start:0}
[part=more]{margin-inline-start:5px;unicode-bidi:plaintext;font:600 11px/1 system-ui,sans-serif}
[part=more]:not([data-more]){display:none}
[part=more]::before{content:attr(data-more)}
@keyframes come{from{opacity:0;transform:scale(.6)}}`;
