/** Where the curve of a message is drawn, in pixels. */
export interface CurveBox {
  readonly width: number;
  readonly height: number;
}

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const marks = [
  ...[secondMs, 10 * secondMs, minuteMs, 10 * minuteMs],
  ...[hourMs, 6 * hourMs, dayMs, 7 * dayMs, 30 * dayMs],
];

const minSpanMs = 3 * secondMs;
/** With room at the right for those who have not read yet, or only for the line of the last one. */
const withRest = 1.25;
const withoutRest = 1.02;
const minBetweenMarks = 0.15;

/** The first second is even, after that each ten times as long has the same width: minutes and days fit. */
const stretch = (ms: number): number => Math.log1p(ms / secondMs);

/** The axis of time, up to a while after the last read; a short one if no other can come. */
export class TimeScale {
  readonly #max: number;

  constructor(lastDelayMs: number, isOver = false) {
    const share = isOver ? withoutRest : withRest;
    this.#max = stretch(Math.max(minSpanMs, lastDelayMs)) * share;
  }

  /** From 0 to 1. */
  shareOf(delayMs: number): number {
    return Math.min(1, stretch(Math.max(0, delayMs)) / this.#max);
  }

  delayAt(share: number): number {
    return Math.expm1(share * this.#max) * secondMs;
  }

  /** Where the axis is labelled: not too close to each other, nor to its end. */
  marks(): { ms: number; share: number }[] {
    const kept: { ms: number; share: number }[] = [];
    for (const ms of marks) {
      const share = stretch(ms) / this.#max;
      const before = kept.at(-1)?.share ?? 0;
      if (share < 0.97 && share - before >= minBetweenMarks) kept.push({ ms, share });
    }
    return kept;
  }
}

/** How many of the delays, ascending, are not above a value. */
export function countUpTo(delaysMs: readonly number[], ms: number): number {
  let [from, to] = [0, delaysMs.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((delaysMs[middle] ?? 0) <= ms) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The line of a curve in steps: it goes up with every reader; those of one pixel are one step. */
export function stepPath(
  delaysMs: readonly number[],
  total: number,
  scale: TimeScale,
  { width, height }: CurveBox,
): string {
  const commands = [`M0 ${height}`];
  const xs = delaysMs.map((delay) => round(scale.shareOf(delay) * width));
  xs.forEach((x, i) => {
    if (Math.floor(x) === Math.floor(xs[i + 1] ?? Infinity)) return;
    commands.push(`H${x}V${round(height * (1 - (i + 1) / Math.max(1, total)))}`);
  });
  return commands.join('');
}

const round = (pixels: number): number => Math.round(pixels * 10) / 10;
