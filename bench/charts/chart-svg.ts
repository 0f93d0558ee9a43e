import type { Chart, Series } from './chart.ts';

const size = { width: 740, height: 380 };
const plot = { left: 100, right: 480, top: 44, bottom: 320 };

const styles = `
  .ground { fill: #ffffff } .grid { stroke: #e3e5e8 } text { fill: #1f2328; font: 13px sans-serif }
  .title { font-weight: 600 } .series { fill: none; stroke-width: 2.5 }
  .c0 { stroke: #0969da; fill: #0969da } .c1 { stroke: #bf5600; fill: #bf5600 }
  .c2 { stroke: #6639ba; fill: #6639ba } .c3 { stroke: #1a7f37; fill: #1a7f37 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117 } .grid { stroke: #30363d } text { fill: #e6edf3 }
    .c0 { stroke: #58a6ff; fill: #58a6ff } .c1 { stroke: #f0883e; fill: #f0883e }
    .c2 { stroke: #bc8cff; fill: #bc8cff } .c3 { stroke: #56d364; fill: #56d364 }
  }`;

interface Axis {
  /** Powers of ten. */
  ticks: readonly number[];
  place: (value: number) => number;
}

/** The powers of ten around all values, and where a value stands between two ends. */
function axisOf(values: readonly number[], from: number, to: number): Axis {
  const min = Math.floor(Math.log10(Math.min(...values)) + 1e-9);
  const max = Math.max(min + 1, Math.ceil(Math.log10(Math.max(...values)) - 1e-9));
  const ticks = Array.from({ length: max - min + 1 }, (_, i) => 10 ** (min + i));
  return {
    ticks,
    place: (value) => from + ((Math.log10(value) - min) / (max - min)) * (to - from),
  };
}

const round = (value: number): string => value.toFixed(1);
const named = (tick: number): string => tick.toLocaleString('en-US', { maximumFractionDigits: 3 });
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A picture of the chart, for light and dark pages. */
export function chartSvg({ title, xTitle, series }: Chart): string {
  const points = series.flatMap((each) => each.points);
  const x = axisOf(
    points.map((point) => point[0]),
    plot.left,
    plot.right,
  );
  const y = axisOf(
    points.map((point) => point[1]),
    plot.bottom,
    plot.top,
  );
  const names = series.map(({ name }) => name).join(', ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${escaped(`${title}, by ${xTitle}: ${names}`)}">`,
    `<style>${styles}\n</style>`,
    `<rect class="ground" width="${size.width}" height="${size.height}"/>`,
    `<text class="title" x="${plot.left}" y="26">${escaped(title)}</text>`,
    ...x.ticks.map((tick) => {
      const at = round(x.place(tick));
      return `<path class="grid" d="M${at} ${plot.top}V${plot.bottom}"/><text x="${at}" y="${plot.bottom + 18}" text-anchor="middle">${named(tick)}</text>`;
    }),
    ...y.ticks.map((tick) => {
      const at = y.place(tick);
      return `<path class="grid" d="M${plot.left} ${round(at)}H${plot.right}"/><text x="${plot.left - 8}" y="${round(at + 4)}" text-anchor="end">${named(tick)}</text>`;
    }),
    `<text x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 44}" text-anchor="middle">${escaped(xTitle)}</text>`,
    ...series.map((each, i) => seriesSvg(each, i, x, y)),
    '</svg>',
    '',
  ].join('\n');
}

function seriesSvg({ name, points }: Series, i: number, x: Axis, y: Axis): string {
  const places = points.map(([atX, atY]) => [round(x.place(atX)), round(y.place(atY))] as const);
  const line = places.map((place) => place.join(' ')).join('L');
  const dots = places.map(([cx, cy]) => `<circle class="c${i}" cx="${cx}" cy="${cy}" r="3"/>`);
  const legendY = plot.top + 10 + 24 * i;
  return [
    `<path class="series c${i}" style="fill: none" d="M${line}"/>`,
    ...dots,
    `<circle class="c${i}" cx="${plot.right + 22}" cy="${legendY - 4}" r="5"/>`,
    `<text x="${plot.right + 34}" y="${legendY}">${escaped(name)}</text>`,
  ].join('');
}
