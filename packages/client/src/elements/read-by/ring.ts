import { setAttributes, svg } from '../base/dom.ts';

/** How many of all have read it, as a ring that closes. */
export function ringElement(): { element: SVGSVGElement; draw(share: number): void } {
  const circle = { cx: 8, cy: 8, r: 6, pathLength: 100 };
  const done = svg('circle', { ...circle, class: 'done' });
  const element = svg(
    'svg',
    { viewBox: '0 0 16 16', part: 'ring', 'aria-hidden': 'true' },
    svg('circle', { ...circle, class: 'rail' }),
    done,
  );
  // A little too far, so that a full ring has no gap.
  const draw = (share: number) =>
    setAttributes(done, { 'stroke-dasharray': `${Math.round(share * 1010) / 10} 100` });
  return { element, draw };
}

export const ringCss = `
[part=ring]{flex:none;align-self:center;width:1em;height:1em;fill:none;stroke:currentColor;stroke-width:2.4;transform:rotate(-90deg)}
.rail{opacity:.28}
.done{transition:stroke-dasharray .4s}
:host([status=read]) [part=ring]{color:var(--_read)}`;
