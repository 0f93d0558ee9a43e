import type { FanOut } from '../../../../functions/fan-out/fan-out.ts';
import { pushDueCounts } from '../../../../functions/fan-out/push-due-counts.ts';
import { PushMemory } from '../../../../functions/fan-out/push-memory.ts';
import { Dispatcher } from '../../../../functions/push/dispatch/dispatcher.ts';
import type { QueuedJob } from '../../../../functions/push/dispatch/push-job.ts';
import { type PushParts, runPushJob } from '../../../../functions/push/dispatch/run-push-job.ts';
import { Pusher } from '../../../../functions/push/pusher.ts';
import { RecipientResolver } from '../../../../functions/push/recipients/recipient-resolver.ts';
import { stillEntitled } from '../../../../functions/push/recipients/still-entitled.ts';
import { ConnectionSender } from '../../../../functions/push/transport/connection-sender.ts';
import type { FramePoster } from '../../../../functions/push/transport/frame-poster.ts';
import { SendLimiter } from '../../../../functions/push/transport/send-limiter.ts';
import { UsageCounter } from '../../../../functions/runtime/usage-counts.ts';
import { createService, type Service } from '../../../../functions/service/service.ts';
import type { VirtualTime } from '../../../support/time/virtual-time.ts';
import type { Chaos } from './chaos.ts';
import { FaultyTable, type RowTap } from './faulty-table.ts';

/** A Lambda's sandbox: what its modules keep from one event to the next. */
export interface Sandbox {
  service: Service;
  push: PushParts;
  pusher: Pusher;
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
  client: ConstructorParameters<typeof FaultyTable>[0];
  tableName: string;
  time: VirtualTime;
  chaos: Chaos;
  tap: RowTap;
  gateway: FramePoster;
}

const maxStepsToDeath = 16;
/** As the stack declares the queue: how long a job that killed its Lambda stays hidden. */
const visibilityTimeoutMs = 60_000;
const maxReceives = 5;

/** Runs the service's Lambdas, each event in a sandbox of its own, some of which die over it. */
export class Sandboxes {
  #ids = 0;
  readonly #around: Around;
  readonly #free: Sandbox[] = [];
  readonly #jobs = new Set<Promise<void>>();

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
    const { chaos } = this.#around;
    sandbox.fuse.left = chaos.happens('crash')
      ? 1 + chaos.below(maxStepsToDeath)
      : Number.POSITIVE_INFINITY;
    const result = await work(sandbox);
    if (sandbox.fuse.isBlown) throw new Error('the sandbox died');
    return result;
  }

  /** Resolves once every job has been seen through. */
  async pushJobsDone(): Promise<void> {
    while (this.#jobs.size > 0) await Promise.all(this.#jobs);
  }

  create(): Sandbox {
    const { client, tableName, time, chaos, tap } = this.#around;
    const fuse = new Fuse();
    const newId = () => `id-${++this.#ids}`;
    const trouble = <T>(request: () => Promise<T>) => this.#request(fuse, request);
    const service = createService({
      table: new FaultyTable(client, tableName, { trouble, tap }),
      ...{ clock: time.clock, random: chaos.random, newId, retentionDays: 30 },
    });
    const limiter = new SendLimiter(time, 5000);
    const connectionSender = new ConnectionSender(
      service.connections,
      this.#poster(fuse),
      time,
      limiter,
    );
    const push: PushParts = {
      ...{ connectionSender, timing: time },
      queue: async (job, delayMs) => this.#take(fuse, job, delayMs),
      stillEntitled: (job) => stillEntitled(service, job),
    };
    const dispatcher = new Dispatcher({ ...push, sliceSize: 500 });
    const pusher = new Pusher(new RecipientResolver(service, 20), dispatcher);
    const memory = new PushMemory();
    const queue: FanOut['queue'] = async (job, delayMs) => this.#take(fuse, job, delayMs);
    const usage = new UsageCounter(time.clock);
    const windows = { windowMs: 1000, bigGroupWindowMs: 2000 };
    const fanOut = { service, dispatcher, memory, usage, queue, ...windows };
    return { service, push, pusher, fanOut, fuse };
  }

  async #request<T>(fuse: Fuse, request: () => Promise<T>): Promise<T> {
    const { chaos, time } = this.#around;
    fuse.burn();
    if (chaos.happens('requestFails')) throw new Error('DynamoDB throttles');
    const result = await time.during(request);
    fuse.burn();
    if (chaos.happens('answerLost')) throw new Error('no answer from DynamoDB');
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
      find: (connectionId) => fused(() => gateway.find(connectionId)),
    };
  }

  #take(fuse: Fuse, job: QueuedJob, delayMs: number): void {
    fuse.burn();
    if (this.#around.chaos.happens('queueFails')) throw new Error('SQS is away');
    const copy = JSON.parse(JSON.stringify(job)) as QueuedJob;
    const running = this.#carry(copy, delayMs).finally(() => this.#jobs.delete(running));
    this.#jobs.add(running);
  }

  async #carry(job: QueuedJob, delayMs: number): Promise<void> {
    const { time, chaos } = this.#around;
    await time.wait(delayMs + 20 + chaos.below(100));
    for (let receives = 1; receives <= maxReceives; receives++) {
      try {
        return await this.run(({ push, fanOut }) =>
          'dueAt' in job ? pushDueCounts(fanOut, job) : runPushJob(push, job),
        );
      } catch {
        await time.wait(visibilityTimeoutMs);
      }
    }
    throw new Error('a job ended in the dead letters');
  }
}
