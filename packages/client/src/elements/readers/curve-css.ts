/** Time goes from left to right, whatever the direction of the text. */
export const curveCss = `
.curve{display:grid;grid-template:auto auto/auto 1fr;direction:ltr;column-gap:8px;font-size:11px;color:var(--_muted)}
.levels{display:flex;flex-direction:column;justify-content:space-between;height:110px;margin-block:-7px;
text-align:end;line-height:14px}
.plot{position:relative;height:96px;cursor:crosshair;touch-action:pan-y;border-radius:2px;
background:linear-gradient(var(--_line),var(--_line)) 0 0/100% 1px no-repeat,
linear-gradient(var(--_line),var(--_line)) 0 50%/100% 1px no-repeat,
linear-gradient(var(--_line),var(--_line)) 0 100%/100% 1px no-repeat}
.plot svg{position:absolute;inset:0;overflow:visible;fill:none}
.line{stroke:var(--_accent);stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
.area{fill:var(--_accent);opacity:.12}
.dashes{stroke:var(--_muted);stroke-width:1.5;stroke-dasharray:2 4;stroke-linecap:round}
.cross{stroke:var(--_muted)}
.dot{fill:var(--_accent);stroke:var(--_surface);stroke-width:2}
.cross,.dot,.said{visibility:hidden}
[data-asked] :is(.cross,.dot,.said){visibility:visible}
.not-yet{position:absolute;right:0;line-height:16px}
[data-asked] .not-yet{visibility:hidden}
.said{position:absolute;top:-12px;padding:3px 8px;border-radius:6px;white-space:nowrap;line-height:16px;
background:var(--_text);color:var(--_surface)}
.marks{grid-column:2;position:relative;height:20px}
.marks span{position:absolute;top:6px;line-height:14px;transform:translateX(-50%);white-space:nowrap}`;
