import type { Point } from './exponent.ts';

export interface Series {
  name: string;
  points: readonly Point[];
}

/** Curves over two logarithmic axes: a straight line is a power, and how steep it is its exponent. */
export interface Chart {
  /** Of its file. */
  name: string;
  title: string;
  xTitle: string;
  series: readonly Series[];
}
