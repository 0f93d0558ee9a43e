import type { MemberChange } from '../../../functions/stream/member-change.ts';
import { fanOutCounts } from '../../../functions/use-cases/fan-out-counts.ts';
import { recordHistory } from '../../../functions/use-cases/record-history.ts';
import { createDisturber, type Disturb } from '../../../local/streams/faults.ts';
import type { StreamRecord } from '../../../local/streams/stream-record.ts';
import type { VirtualTime } from '../../functions/push/virtual-time.ts';
import type { Sandbox, Sandboxes } from './sandboxes.ts';
import type { Storm } from './storm.ts';

const rates = { duplicate: 0.15, reorder: 0.2, drop: 0.1, delay: 0.2, maxDelayMs: 3000 };
/** The first call and Lambda's retries; the halves of a batch would have as many each. */
const attempts = 5;

/** One shard of the stream with its two consumers, as Lambda runs them. */
export class StreamLane {
  readonly #parts: { time: VirtualTime; storm: Storm; sandboxes: Sandboxes };
  readonly #disturb: Disturb;
  readonly #groupId: string;
  #queue: MemberChange[] = [];
  #warm: Sandbox;
  #running: Promise<void> | undefined;

  constructor(groupId: string, parts: { time: VirtualTime; storm: Storm; sandboxes: Sandboxes }) {
    this.#groupId = groupId;
    this.#parts = parts;
    const { storm, sandboxes } = parts;
    this.#disturb = createDisturber(rates, () => (storm.isOn ? storm.random() : 1));
    this.#warm = sandboxes.create();
  }

  add(change: MemberChange): void {
    this.#queue.push(change);
    this.#running ??= this.#run();
  }

  async drained(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    const { time, storm } = this.#parts;
    while (this.#queue.length > 0) {
      await time.wait(1000 + storm.below(250));
      const batch = this.#queue;
      this.#queue = [];
      for (const { records, delayMs } of this.#disturb(batch.map(toRecord))) {
        if (delayMs > 0) await time.wait(delayMs);
        await this.#deliver(records.map(toChange));
      }
    }
    this.#running = undefined;
  }

  async #deliver(changes: readonly MemberChange[]): Promise<void> {
    const { storm, sandboxes } = this.#parts;
    const recorded = this.#try(() =>
      sandboxes.run(({ service }) => recordHistory(service, changes)),
    );
    if (changes.length > 1 && storm.strikes('splitBatch')) {
      const half = Math.ceil(changes.length / 2);
      const beside = sandboxes.create();
      await Promise.all([
        this.#fanOut(changes.slice(0, half)),
        this.#try(() => this.#fanOutIn(beside, changes.slice(half))),
      ]);
    } else await this.#fanOut(changes);
    await recorded;
  }

  #fanOut(changes: readonly MemberChange[]): Promise<void> {
    return this.#try(async () => {
      try {
        await this.#fanOutIn(this.#warm, changes);
      } catch (error) {
        if (this.#warm.fuse.isBlown) this.#warm = this.#parts.sandboxes.create();
        throw error;
      }
    });
  }

  #fanOutIn(sandbox: Sandbox, changes: readonly MemberChange[]): Promise<void> {
    return this.#parts.sandboxes.runIn(sandbox, ({ fanOut }) =>
      fanOutCounts(fanOut, this.#groupId, changes),
    );
  }

  async #try(invoke: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await invoke();
      } catch (error) {
        if (attempt === attempts) throw new Error('a batch was given up', { cause: error });
        await this.#parts.time.wait(250 * 2 ** attempt);
      }
    }
  }
}

const toRecord = (change: MemberChange): StreamRecord => ({
  ...{ shardId: 'shard', writtenAtMs: 0, sizeBytes: 0 },
  sequenceNumber: change.sequenceNumber,
  itemKey: change.after.userId,
  event: { change },
});

const toChange = ({ event }: StreamRecord): MemberChange => event.change as MemberChange;
