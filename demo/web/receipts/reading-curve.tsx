import { useEffect, useRef } from 'react';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { readingCurve } from './reading-times.ts';

const heightPx = 120;

export interface ReadingCurveProps {
  /** Ascending. */
  delaysMs: readonly number[];
  label: string;
}

/** How many had read the message by when. */
export default function ReadingCurve({ delaysMs, label }: ReadingCurveProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot>(undefined);
  useEffect(() => {
    const parent = box.current;
    if (!parent) return;
    const drawn = new UPlot(optionsFor(parent), readingCurve([]), parent);
    plot.current = drawn;
    const observer = new ResizeObserver(() =>
      drawn.setSize({ width: parent.clientWidth, height: heightPx }),
    );
    observer.observe(parent);
    return () => {
      observer.disconnect();
      drawn.destroy();
    };
  }, []);
  useEffect(() => plot.current?.setData(readingCurve(delaysMs)), [delaysMs]);
  return <div ref={box} className="curve" role="img" aria-label={label} />;
}

function optionsFor(parent: HTMLElement): UPlot.Options {
  const style = getComputedStyle(parent);
  const colour = (name: string) => style.getPropertyValue(name);
  const axis = {
    stroke: colour('--muted'),
    grid: { stroke: colour('--line'), width: 1 },
    ticks: { show: false },
  };
  const stepped = UPlot.paths.stepped?.({ align: 1 });
  return {
    width: parent.clientWidth,
    height: heightPx,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false } },
    axes: [
      { ...axis, values: (_, splits) => splits.map((seconds) => secondsText(seconds)) },
      { ...axis, size: 40 },
    ],
    series: [
      {},
      {
        ...{ stroke: colour('--accent'), width: 2, points: { show: false } },
        ...(stepped && { paths: stepped }),
      },
    ],
  };
}

const secondsText = (seconds: number): string =>
  seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
