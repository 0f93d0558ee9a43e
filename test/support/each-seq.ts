import type { CountRange, Counts } from '@seenby/protocol/entities.ts';

/** Ranges told apart into messages. */
export const eachSeq = (ranges: readonly CountRange[]): [seq: number, counts: Counts][] =>
  ranges.flatMap(({ fromSeq, toSeq, ...counts }) =>
    Array.from({ length: toSeq - fromSeq + 1 }, (_, i): [number, Counts] => [fromSeq + i, counts]),
  );
