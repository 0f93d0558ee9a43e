import type { ReceiptLine } from '@seenby/client';

/** How long after it was sent the others read a message. */
export interface ReadingTimes {
  /** Milliseconds, ascending. */
  readonly delaysMs: readonly number[];
  readonly medianMs: number | undefined;
  readonly p95Ms: number | undefined;
}

export function readingTimes(lines: Iterable<ReceiptLine>, createdAt: number): ReadingTimes {
  const delaysMs = [...lines]
    .flatMap(({ readAt, isSender }) => (readAt === null || isSender ? [] : [readAt - createdAt]))
    .sort((a, b) => a - b);
  return { delaysMs, medianMs: quantile(delaysMs, 0.5), p95Ms: quantile(delaysMs, 0.95) };
}

/** The smallest value that this share of them does not exceed; undefined of none. */
export function quantile(ascending: readonly number[], share: number): number | undefined {
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)];
}

/** The curve of readers over time: it begins at 0 and goes up by one with every reader. */
export function readingCurve(delaysMs: readonly number[]): [seconds: number[], readers: number[]] {
  return [
    [0, ...delaysMs.map((delay) => delay / 1000)],
    [0, ...delaysMs.map((_, i) => i + 1)],
  ];
}
