import type { Member, Watch } from '../support/member.ts';
import { type Percentiles, percentilesOf } from './percentiles.ts';

/** One mark_read and its confirmation, by `performance.now()`. */
export interface Read {
  userId: string;
  sentMs: number;
  confirmedMs: number;
}

/** How one message was read by a whole group. */
export interface ReadFigures {
  reads: number;
  /** From sending mark_read to … */
  toConfirmationMs: Percentiles;
  toAuthorMs: Percentiles;
  /** … to counts of at least as many readers, at every client but the author's. */
  toCountsMs: Percentiles;
  firstReadToLastConfirmationMs: number;
  /** From the last confirmation to all of all; NaN when somebody never got there. */
  toAuthorCompleteMs: number;
  toEveryoneCompleteMs: number;
  /** What the author's client shows in the end, and the clients that show something else. */
  author: { readCount: number; totalCount: number };
  wrong: string[];
}

export function readFigures(
  author: Member,
  others: readonly Member[],
  reads: readonly Read[],
): ReadFigures {
  const seq = author.watch?.seq ?? 0;
  const members = others.length + 1;
  const lastMs = Math.max(...reads.map(({ confirmedMs }) => confirmedMs));
  const completeMs = (member: Member): number =>
    (firstMs(member.watch, members) ?? Number.NaN) - lastMs;
  return {
    reads: reads.length,
    toConfirmationMs: percentilesOf(reads.map((read) => read.confirmedMs - read.sentMs)),
    toAuthorMs: percentilesOf(authorDelays(author, reads)),
    toCountsMs: percentilesOf(others.flatMap((member) => countDelays(member, reads))),
    firstReadToLastConfirmationMs: lastMs - Math.min(...reads.map(({ sentMs }) => sentMs)),
    toAuthorCompleteMs: completeMs(author),
    toEveryoneCompleteMs: others.reduce((max, member) => Math.max(max, completeMs(member)), 0),
    author: {
      readCount: author.view.readCount(seq),
      totalCount: author.view.totalCount(seq),
    },
    wrong: [author, ...others]
      .filter(({ view }) => view.readCount(seq) !== members || view.totalCount(seq) !== members)
      .map(({ userId }) => userId),
  };
}

const firstMs = (watch: Watch | undefined, readCount: number): number | undefined =>
  watch?.steps.find((step) => step.readCount >= readCount)?.atMs;

const authorDelays = (author: Member, reads: readonly Read[]): number[] =>
  reads.flatMap(({ userId, sentMs }) => {
    const atMs = author.watch?.receiptAtMs.get(userId);
    return atMs === undefined ? [] : [atMs - sentMs];
  });

/** Counts name nobody: the k-th read is taken to be shown once k members beside the author are. */
function countDelays({ watch }: Member, reads: readonly Read[]): number[] {
  const sentMs = reads.map((read) => read.sentMs).sort((a, b) => a - b);
  const delays: number[] = [];
  for (const { atMs, readCount } of watch?.steps ?? []) {
    for (const sent of sentMs.slice(delays.length, readCount - 1)) delays.push(atMs - sent);
  }
  return delays;
}
