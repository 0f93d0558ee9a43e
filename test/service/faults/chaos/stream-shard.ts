import { createDisturber, type Disturb } from '@seenby/local-cloud/streams/faults.ts';
import type { StreamRecord } from '@seenby/local-cloud/streams/records/stream-record.ts';
import { fanOutChanges } from '../../../../functions/fan-out/fan-out-changes.ts';
import { recordReceipts } from '../../../../functions/receipts/record-receipts.ts';
import type { MemberChange } from '../../../../functions/stream/member-change.ts';
import type { VirtualTime } from '../../../support/time/virtual-time.ts';
import type { Chaos } from './chaos.ts';
import type { Sandbox, Sandboxes } from './sandboxes.ts';

const rates = { duplicate: 0.15, reorder: 0.2, drop: 0.1, delay: 0.2, maxDelayMs: 3000 };
/** The first call and Lambda's retries; the halves of a batch would have as many each. */
const attempts = 5;

/** One shard of the stream with its two consumers, as Lambda runs them. */
export class StreamShard {
  readonly #parts: { time: VirtualTime; chaos: Chaos; sandboxes: Sandboxes };
  readonly #disturb: Disturb;
  readonly #groupId: string;
  #queue: MemberChange[] = [];
  #warm: Sandbox;
  #running: Promise<void> | undefined;

  constructor(groupId: string, parts: { time: VirtualTime; chaos: Chaos; sandboxes: Sandboxes }) {
    this.#groupId = groupId;
    this.#parts = parts;
    const { chaos, sandboxes } = parts;
    this.#disturb = createDisturber(rates, () => (chaos.isOn ? chaos.random() : 1));
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
    const { time, chaos } = this.#parts;
    while (this.#queue.length > 0) {
      await time.wait(50 + chaos.below(250));
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
    const { chaos, sandboxes } = this.#parts;
    const recorded = this.#try(() =>
      sandboxes.run(({ service }) => recordReceipts(service, changes)),
    );
    if (changes.length > 1 && chaos.happens('splitBatch')) {
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
      fanOutChanges(fanOut, this.#groupId, changes),
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
