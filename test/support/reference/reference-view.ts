import type { Counts } from '@seenby/protocol/entities.ts';
import type { FieldsOf } from '@seenby/protocol/server-frames.ts';

type Update = Omit<FieldsOf<'read_status_update'>, 'groupId'>;

/**
 * What a client shows of a group, by the letter of the protocol: counts with a lower version than
 * one it has applied are dropped, whichever messages they are about; receipts merge.
 */
export class ReferenceView {
  readonly counts = new Map<number, Counts>();
  /** `user seq` of every receipt for reading. */
  readonly receipts = new Set<string>();
  #version = 0;

  apply({ counts = [], version = 0, receipts = [] }: Update): void {
    if (version >= this.#version) {
      if (counts.length > 0) this.#version = version;
      for (const { fromSeq, toSeq, ...same } of counts) {
        for (let seq = fromSeq; seq <= toSeq; seq++) this.counts.set(seq, same);
      }
    }
    for (const { userId, kind, fromSeq, toSeq } of receipts) {
      for (let seq = fromSeq; kind === 'read' && seq <= toSeq; seq++) {
        this.receipts.add(`${userId} ${seq}`);
      }
    }
  }
}
