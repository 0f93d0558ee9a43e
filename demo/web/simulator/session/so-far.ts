import { matrixSoFar, type RunSoFar } from '@seenby/core/costs/matrix-so-far.ts';
import { dollarsOf } from '@seenby/core/costs/prices.ts';

/** What the frames and units of a time came to. */
export interface Taken {
  readonly frames: number;
  readonly writeUnits: number;
  readonly readUnits: number;
}

export interface Comparison {
  readonly seenby: number;
  readonly matrix: number;
}

export interface SoFar {
  readonly frames: Comparison;
  readonly writeUnits: Comparison;
  /** Of frames, write and read units. */
  readonly dollars: Comparison;
}

/** What was counted here, beside what a row per message and member would have taken for the same. */
export function compare(taken: Taken, run: RunSoFar): SoFar {
  const matrix = matrixSoFar(run);
  return {
    frames: { seenby: taken.frames, matrix: matrix.frames },
    writeUnits: { seenby: taken.writeUnits, matrix: matrix.writeUnits },
    dollars: { seenby: dollarsOf(taken), matrix: dollarsOf(matrix) },
  };
}

/** What has come since: of frames by their type, all of them. */
export const framesSince = (
  now: Readonly<Record<string, number>>,
  before: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(now)
      .map(([type, count]) => [type, count - (before[type] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );

export const sumOf = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Adds up counts of the same kinds. */
export function added(
  ...all: readonly Readonly<Record<string, number>>[]
): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const counts of all) {
    for (const [type, count] of Object.entries(counts)) sums[type] = (sums[type] ?? 0) + count;
  }
  return sums;
}
