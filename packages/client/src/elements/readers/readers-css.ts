import { faceCss } from '../people/face.ts';
import { curveCss } from './curve-css.ts';

export const readersCss = `${faceCss}${curveCss}
:host{display:flex;flex-direction:column;gap:10px;min-height:0;color:var(--_text);font:var(--_font);text-align:start}
p{margin:0}
.chart{display:grid;gap:4px;padding-top:12px}
.figures{display:flex;gap:16px;min-height:1.4em;color:var(--_muted);font-size:12px}
.figures b{color:var(--_text);font-weight:600}
.tabs{display:flex;border-bottom:1px solid var(--_line)}
[role=tab]{flex:1;min-width:0;padding:8px 4px;white-space:nowrap;color:var(--_muted);border-bottom:2px solid transparent;margin-bottom:-1px;
border-radius:4px 4px 0 0}
[role=tab]:hover{color:var(--_text)}
[role=tab][aria-selected=true]{color:var(--_text);border-color:var(--_accent)}
[role=tab] b{font-weight:600}
.tools{display:flex;gap:8px}
input{flex:1;min-width:0;height:34px;margin:0;padding:0 10px;border:1px solid var(--_line);border-radius:var(--_radius);
background:transparent;color:inherit;font:inherit}
input::placeholder{color:var(--_muted);opacity:1}
[part=download],[part=remind]{display:inline-flex;align-items:center;justify-content:center;height:34px;padding:0 12px;
border:1px solid var(--_line);border-radius:var(--_radius)}
[part=download]{width:34px;padding:0;color:var(--_muted)}
button:hover:not(:disabled,[role=tab]){background:var(--_hover)}
button:disabled{color:var(--_muted);cursor:default}
.state{color:var(--_muted)}
.state:empty{display:none}
#list{--face:36px;position:relative;flex:1;min-height:104px;overflow-y:auto;overscroll-behavior:contain;
margin-inline:-6px;border-radius:6px}
ul{position:relative;margin:0;padding:0;list-style:none}
li{position:absolute;inset-inline:0;height:52px;padding:0 6px;display:grid;align-content:center;align-items:center;
grid-template-columns:auto 1fr auto;column-gap:12px;border-radius:8px}
li:hover{background:var(--_hover)}
li .face{grid-row:span 2}
.name,.who{min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.name,.when,.delay,.figures span{unicode-bidi:plaintext;text-align:match-parent}
.who{display:flex;gap:6px;align-items:baseline}
.when,.delay,small{color:var(--_muted);font-size:12px;white-space:nowrap}
.when{grid-column:2;overflow:hidden;text-overflow:ellipsis}
.delay{grid-area:1/3/3/4}
li[data-left]{color:var(--_muted)}
li[data-left] .face{filter:grayscale(1)}
li.new{animation:arrive 1.6s ease-out}
@keyframes arrive{from{background:color-mix(in srgb,var(--_accent) 12%,transparent)}}
.reminder{display:none;flex-wrap:wrap;align-items:center;gap:6px 12px}
.reminder[data-allowed]:not([hidden]){display:flex}
[part=reminded]{color:var(--_muted);font-size:12px}
:host([data-unknown]) :is(.chart,.tabs,.tools){visibility:hidden}
:host([status=refused]) :is(.chart,.tabs,.tools,#list){display:none}`;
