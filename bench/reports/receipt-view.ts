import type { Counts } from '@seenby/protocol/entities.ts';
import type { FieldsOf } from '@seenby/protocol/server-frames.ts';

type Update = FieldsOf<'read_status_update'>;

/**
 * What a client shows of one group's receipts, made of nothing but the frames it got: counts are
 * dropped when a newer version has been applied, receipts merge in any order.
 */
export class ReceiptView {
  #version = 0;
  readonly #counts = new Map<number, Counts>();
  readonly #readers = new Map<number, Set<string>>();

  apply({ counts, version = 0, receipts = [] }: Update): void {
    if (counts && version >= this.#version) {
      this.#version = version;
      for (const { fromSeq, toSeq, ...same } of counts) {
        for (let seq = fromSeq; seq <= toSeq; seq++) this.#counts.set(seq, same);
      }
    }
    for (const { userId, kind, fromSeq, toSeq } of receipts) {
      if (kind !== 'read') continue;
      for (let seq = fromSeq; seq <= toSeq; seq++) this.#readersOf(seq).add(userId);
    }
  }

  hasReceipt(seq: number, userId: string): boolean {
    return this.#readers.get(seq)?.has(userId) ?? false;
  }

  /** Readers of a message, its sender among them: the receipts may be ahead of the counts. */
  readCount(seq: number): number {
    const counted = this.#counts.get(seq)?.readCount ?? 0;
    return Math.max(counted, 1 + (this.#readers.get(seq)?.size ?? 0));
  }

  /** 0 before the first counts came. */
  totalCount(seq: number): number {
    return this.#counts.get(seq)?.totalCount ?? 0;
  }

  #readersOf(seq: number): Set<string> {
    const readers = this.#readers.get(seq) ?? new Set();
    this.#readers.set(seq, readers);
    return readers;
  }
}
