import type { ReceiptKind } from '@seenby/protocol/entities.ts';
import type { ReceiptEvent } from '../members/member.ts';
import type { Range } from '../ranges/range-set.ts';

/** The receipt log is kept in one partition per group and block of this many seqs. */
export const blockSize = 64;

/** Block that a seq belongs to, from 0. */
export const blockOf = (seq: number): number => Math.floor((seq - 1) / blockSize);

/** A member's receipt event inside one block. */
export interface LoggedReceiptEvent extends Range {
  readonly ordinal: number;
  readonly kind: ReceiptKind;
  readonly at: number;
}

/** Cuts a member's receipt event at the borders of the blocks it touches. */
export function* splitReceiptEvent(
  ordinal: number,
  event: ReceiptEvent,
): Generator<LoggedReceiptEvent & { block: number }> {
  for (const { from, to } of event.ranges) {
    for (let block = blockOf(from); block <= blockOf(to); block++) {
      const first = block * blockSize + 1;
      yield {
        block,
        ordinal,
        kind: event.kind,
        at: event.at,
        from: Math.max(from, first),
        to: Math.min(to, first + blockSize - 1),
      };
    }
  }
}
