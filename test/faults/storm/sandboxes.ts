import { AuthorIndex } from '../../../functions/push/author-index.ts';
import { Courier, type Parcel } from '../../../functions/push/courier.ts';
import { Deliverer } from '../../../functions/push/deliver.ts';
import { Dispatcher } from '../../../functions/push/dispatcher.ts';
import type { FramePoster } from '../../../functions/push/frame-poster.ts';
import { PushMemory } from '../../../functions/push/push-memory.ts';
import { pushParcel } from '../../../functions/push/push-parcel.ts';
import { stillEntitled } from '../../../functions/push/still-entitled.ts';
import { createService, type Service } from '../../../functions/service.ts';
import type { FanOut } from '../../../functions/use-cases/fan-out-counts.ts';
import type { VirtualTime } from '../../functions/push/virtual-time.ts';
import { FusedTable, type RowTap } from './fused-table.ts';
import type { Storm } from './storm.ts';

/** A Lambda's sandbox: what its modules keep from one event to the next. */
export interface Sandbox {
  service: Service;
  courier: Courier;
  deliverer: Deliverer;
  fanOut: FanOut;
  fuse: Fuse;
}

/** Burns down with every request and post; once it is blown nothing works any more. */
class Fuse {
  left = Number.POSITIVE_INFINITY;

  get isBlown(): boolean {
    return this.left <= 0;
  }

  burn(): void {
    if (--this.left <= 0) throw new Error('the sandbox died');
  }
}

export interface Around {
  client: ConstructorParameters<typeof FusedTable>[0];
  tableName: string;
  time: VirtualTime;
  storm: Storm;
  tap: RowTap;
  gateway: FramePoster;
}

const mostStepsToDeath = 16;
/** What Lambda waits before it calls an asynchronous function again. */
const retryPausesMs = [60_000, 120_000];

/** Runs the service's Lambdas, each event in a sandbox of its own, some of which die over it. */
export class Sandboxes {
  readonly #around: Around;
  readonly #free: Sandbox[] = [];
  readonly #parcels = new Set<Promise<void>>();

  constructor(around: Around) {
    this.#around = around;
  }

  /** Rejects when the sandbox dies, whatever the work made of it. */
  async run<T>(work: (sandbox: Sandbox) => Promise<T>): Promise<T> {
    const sandbox = this.#free.pop() ?? this.create();
    const result = await this.runIn(sandbox, work);
    this.#free.push(sandbox);
    return result;
  }

  async runIn<T>(sandbox: Sandbox, work: (sandbox: Sandbox) => Promise<T>): Promise<T> {
    const { storm } = this.#around;
    sandbox.fuse.left = storm.strikes('crash')
      ? 1 + storm.below(mostStepsToDeath)
      : Number.POSITIVE_INFINITY;
    const result = await work(sandbox);
    if (sandbox.fuse.isBlown) throw new Error('the sandbox died');
    return result;
  }

  /** Resolves once every parcel has been seen through. */
  async parcelsDone(): Promise<void> {
    while (this.#parcels.size > 0) await Promise.all(this.#parcels);
  }

  create(): Sandbox {
    const { client, tableName, time, storm, tap } = this.#around;
    const fuse = new Fuse();
    const trouble = <T>(request: () => Promise<T>) => this.#request(fuse, request);
    const service = createService({
      table: new FusedTable(client, tableName, { trouble, tap }),
      ...{ clock: time.clock, random: storm.random, newId: () => 'none', retentionDays: 30 },
    });
    const courier = new Courier(service.connections, this.#poster(fuse), time);
    const handOff = async (parcel: Parcel) => this.#take(fuse, parcel);
    const dispatcher = new Dispatcher(courier, handOff, 5000, time.clock);
    const authors = new AuthorIndex(service.messages);
    const deliverer = new Deliverer(service, dispatcher, authors);
    const memory = new PushMemory();
    const { wait } = time;
    const pace = { intervalMs: 1000, bigGroupIntervalMs: 2000 };
    const fanOut = { service, dispatcher, authors, memory, wait, ...pace };
    return { service, courier, deliverer, fanOut, fuse };
  }

  async #request<T>(fuse: Fuse, request: () => Promise<T>): Promise<T> {
    const { storm, time } = this.#around;
    fuse.burn();
    if (storm.strikes('requestFails')) throw new Error('DynamoDB throttles');
    const result = await time.during(request);
    fuse.burn();
    if (storm.strikes('answerLost')) throw new Error('no answer from DynamoDB');
    return result;
  }

  #poster(fuse: Fuse): FramePoster {
    const { gateway } = this.#around;
    const fused = async <T>(call: () => Promise<T>): Promise<T> => {
      fuse.burn();
      return call();
    };
    return {
      post: (connectionId, data) => fused(() => gateway.post(connectionId, data)),
      close: (connectionId) => fused(() => gateway.close(connectionId)),
    };
  }

  #take(fuse: Fuse, parcel: Parcel): void {
    fuse.burn();
    if (this.#around.storm.strikes('handOffFails')) throw new Error('Lambda throttles');
    const running = this.#carry(JSON.parse(JSON.stringify(parcel)) as Parcel).finally(() =>
      this.#parcels.delete(running),
    );
    this.#parcels.add(running);
  }

  async #carry(parcel: Parcel): Promise<void> {
    const { time, storm } = this.#around;
    await time.wait(20 + storm.below(100));
    for (const pauseMs of [...retryPausesMs, undefined]) {
      try {
        return await this.run(({ courier, service }) =>
          pushParcel(courier, parcel, time, (rest) => stillEntitled(service, rest)),
        );
      } catch {
        if (pauseMs !== undefined) await time.wait(pauseMs);
      }
    }
    throw new Error('Lambda gave up a parcel');
  }
}
