import type { StreamRecord } from './records/stream-record.ts';

/**
 * How far a mapping has got in one shard. Workers finish in any order; the checkpoint is the last
 * record before which everything is done.
 */
export class ShardProgress {
  /** Sequence number of the last record that is done, and all before it; undefined at the start. */
  checkpoint: string | undefined;
  /** Begun and not passed by the checkpoint, in the shard's order. */
  readonly #open = new Set<StreamRecord>();
  readonly #done = new Set<StreamRecord>();

  constructor(checkpoint: string | undefined) {
    this.checkpoint = checkpoint;
  }

  /** In the shard's order. */
  begin(record: StreamRecord): void {
    this.#open.add(record);
  }

  /** Idempotent. */
  finish(record: StreamRecord): void {
    if (!this.#open.has(record)) return;
    this.#done.add(record);
    for (const open of this.#open) {
      if (!this.#done.delete(open)) break;
      this.#open.delete(open);
      this.checkpoint = open.sequenceNumber;
    }
  }

  /** The records begun and not yet done. */
  unfinished(): StreamRecord[] {
    return [...this.#open].filter((record) => !this.#done.has(record));
  }
}
