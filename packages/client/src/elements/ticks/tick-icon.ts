import { svg } from '../base/dom.ts';

/**
 * All that a message can be, in one drawing; the `status` of the element says what of it is seen.
 * The box is as wide for one tick as for two: nothing moves when the second one comes.
 */
export const tickIcon = (): SVGSVGElement =>
  svg(
    'svg',
    { viewBox: '0 0 20 14', part: 'icon', role: 'img' },
    svg('path', { class: 'second', d: 'M1.4 7.6 5 11.2 13 3', pathLength: 1 }),
    svg('path', { class: 'stub', d: 'M7 7.6 9.8 10.4' }),
    svg('path', { class: 'first', d: 'M9.8 10.4 10.6 11.2 18.6 3' }),
    svg('path', { class: 'clock', d: 'M13.5 1.8a5.2 5.2 0 1 0 .01 0M13.5 4.2V7.2L15.4 8.6' }),
    svg('path', { class: 'failed', d: 'M13.5 1.8a5.2 5.2 0 1 0 .01 0M13.5 4.4V7.4M13.5 9.6V9.61' }),
  );

export const tickCss = `
:host{line-height:0;vertical-align:-.12em;color:var(--_tick);transition:color .3s}
:host([status=read]){color:var(--_read)}
:host([status=failed]){color:var(--_alert)}
svg{display:block;height:var(--_tick-size);width:calc(var(--_tick-size)*20/14);fill:none;stroke:currentColor;
stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round;overflow:visible}
path{opacity:0}
:host([status=sent]) :is(.first,.stub),:host([status=delivered]) :is(.first,.second),
:host([status=read]) :is(.first,.second),:host([status=pending]) .clock,:host([status=failed]) .failed{opacity:1}
.second{stroke-dasharray:1;stroke-dashoffset:1;transition:stroke-dashoffset .35s ease-out}
:host([status=delivered]) .second,:host([status=read]) .second{stroke-dashoffset:0}
.clock,.failed{stroke-width:1.4}`;
