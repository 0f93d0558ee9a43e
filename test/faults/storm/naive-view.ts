import type { Counts } from '../../../protocol/entities.ts';
import type { ServerFrames } from '../../../protocol/server-frames.ts';

type Update = Omit<ServerFrames['read_status_update'], 'groupId'>;

/**
 * What a client shows of a group, by the letter of the protocol: counts with a lower version than
 * one it has applied are dropped, whichever messages they are about; receipts merge.
 */
export class NaiveView {
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
