import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useTexts } from '../text/language.tsx';
import { upTo } from './session/curve-points.ts';
import { type LiveSnapshot, nothingSent } from './session/live-snapshot.ts';

/** What share of the members has the message, and has read it, from when it was sent until now. */
export default function LiveCurve({ live }: { live: LiveSnapshot }) {
  const { simulation: texts } = useTexts();
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(undefined);
  useEffect(() => {
    const parent = box.current;
    if (!parent) return;
    const drawn = new UPlot(optionsFor(parent), dataOf(nothingSent), parent);
    plot.current = drawn;
    const observer = new ResizeObserver(() => drawn.setSize(sizeOf(parent)));
    observer.observe(parent);
    return () => {
      observer.disconnect();
      drawn.destroy();
    };
    // Later data comes by the effect below.
  }, []);
  useEffect(() => plot.current?.setData(dataOf(live)), [live]);
  return (
    <div className="live-curve">
      <div ref={box} role="img" aria-label={texts.curve} />
      <p className="curve-legend" aria-hidden>
        <span data-curve="read">{texts.curveRead}</span>
        <span data-curve="received">{texts.curveReceived}</span>
      </p>
    </div>
  );
}

function dataOf({ curve, elapsedMs }: LiveSnapshot): UPlot.AlignedData {
  const { seconds, read, received } = upTo(curve, elapsedMs / 1000);
  return [[...seconds], [...received], [...read]];
}

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement) => ({
  width: clientWidth,
  height: clientHeight,
});

function optionsFor(parent: HTMLElement): UPlot.Options {
  // Read anew with each drawing: the theme may have changed.
  const colour = (name: string) => () => getComputedStyle(parent).getPropertyValue(name).trim();
  const axis = {
    stroke: colour('--muted'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
  };
  const stepped = UPlot.paths.stepped?.({ align: 1 });
  const line = { points: { show: false }, ...(stepped && { paths: stepped }) };
  return {
    ...sizeOf(parent),
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: ({ data: [seconds] }) => [0, Math.max(1, seconds.at(-1) ?? 0)] },
      y: { range: [0, 100] },
    },
    axes: [
      { ...axis, values: (_, splits) => splits.map((seconds) => `${seconds} s`), size: 28 },
      { ...axis, values: (_, splits) => splits.map((percent) => `${percent} %`), size: 48 },
    ],
    series: [
      {},
      { ...line, stroke: colour('--face-received'), width: 1.5, dash: [4, 4] },
      { ...line, stroke: colour('--accent'), width: 3, fill: colour('--curve-fill') },
    ],
  };
}
