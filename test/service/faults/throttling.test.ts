import {
  createRequestBucket,
  type RequestRate,
} from '@seenby/local-cloud/gateway/request-bucket.ts';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Dispatcher } from '../../../functions/push/dispatch/dispatcher.ts';
import type { PushJob } from '../../../functions/push/dispatch/push-job.ts';
import { type PushParts, runPushJob } from '../../../functions/push/dispatch/run-push-job.ts';
import { ConnectionSender } from '../../../functions/push/transport/connection-sender.ts';
import type { FramePoster, PostOutcome } from '../../../functions/push/transport/frame-poster.ts';
import { SendLimiter, sliceSize } from '../../../functions/push/transport/send-limiter.ts';
import { UsageCounter } from '../../../functions/runtime/usage-counts.ts';
import type { Connection } from '../../../functions/store/users/connections.ts';
import { type OpenedService, openService } from '../../support/service/open-service.ts';
import { VirtualTime } from '../../support/time/virtual-time.ts';

/** As the stack sets them where `postsPerSecond` is 1,500. */
const sandboxes = 3;
const postsPerSandbox = 500;
const batchSize = 5;

const members = Array.from({ length: 500 }, (_, i): Connection => {
  return { userId: `user-${i}`, connectionId: `c-${i}` };
});
const sends = 50;

let opened: OpenedService;
beforeAll(async () => {
  opened = await openService();
});

/** API Gateway with a quota, which counts what it is asked. */
class ThrottledGateway implements FramePoster {
  readonly attemptsBySecond = new Map<number, number>();
  readonly received = new Map<string, Set<string>>();
  readonly closed: string[] = [];
  refused = 0;
  readonly #time: VirtualTime;
  readonly #grants: (connectionId: string) => boolean;
  readonly #startedAt: number;

  constructor(time: VirtualTime, quota: RequestRate) {
    this.#time = time;
    this.#startedAt = time.now;
    this.#grants = createRequestBucket(quota, { nowMs: time.clock, after: () => () => {} });
  }

  async post(connectionId: string, data: string): Promise<PostOutcome> {
    if (!this.#admit(connectionId)) return 'refused';
    await this.#time.wait(15);
    const frames = this.received.get(connectionId) ?? new Set();
    this.received.set(connectionId, frames.add(data));
    return 'sent';
  }

  async find(connectionId: string): Promise<PostOutcome> {
    return this.#admit(connectionId) ? 'sent' : 'refused';
  }

  async close(connectionId: string): Promise<PostOutcome> {
    this.closed.push(connectionId);
    return 'sent';
  }

  #admit(connectionId: string): boolean {
    const second = Math.floor((this.#time.now - this.#startedAt) / 1000);
    this.attemptsBySecond.set(second, (this.attemptsBySecond.get(second) ?? 0) + 1);
    const isGranted = this.#grants(connectionId);
    if (!isGranted) this.refused++;
    return isGranted;
  }
}

/** Fifty messages to a group of 500 at once, each from a sandbox of its own. */
async function sendAtOnce(quota: RequestRate) {
  const time = new VirtualTime();
  const gateway = new ThrottledGateway(time, quota);
  const queue = new Queue(time);
  const newSandbox = (): PushParts & { sliceSize: number } => {
    const limiter = new SendLimiter(time, postsPerSandbox);
    return {
      connectionSender: new ConnectionSender(opened.service.connections, gateway, time, limiter),
      ...{ queue: queue.send, timing: time, sliceSize: sliceSize(postsPerSandbox) },
      stillEntitled: async ({ connections }) => connections,
      usage: new UsageCounter(time.clock),
    };
  };
  const senders = Array.from({ length: sends }, () => new Dispatcher(newSandbox()));
  const frames = senders.map((sender, n) =>
    sender.push({ type: 'system_notification', groupId: 'team', text: `${n}` }, members),
  );
  const consumers = Array.from({ length: sandboxes }, () => queue.consume(newSandbox()));
  await time.pass(Promise.all([...frames, ...consumers]));
  return gateway;
}

/** SQS, as far as it matters: so many jobs at a time for each of the sandboxes that take them. */
class Queue {
  readonly #time: VirtualTime;
  readonly #visible: PushJob[] = [];
  #left = 0;

  constructor(time: VirtualTime) {
    this.#time = time;
  }

  readonly send = async (job: PushJob, delayMs: number): Promise<void> => {
    this.#left++;
    void this.#time.wait(Math.ceil(delayMs / 1000) * 1000).then(() => this.#visible.push(job));
  };

  /** Until nothing is left, nor under way elsewhere. */
  async consume(parts: PushParts): Promise<void> {
    await this.#time.wait(10);
    while (this.#left > 0) {
      const batch = this.#visible.splice(0, batchSize);
      if (batch.length === 0) await this.#time.wait(20);
      await Promise.all(batch.map((job) => runPushJob(parts, job)));
      this.#left -= batch.length;
    }
  }
}

const maxAttempts = ({ attemptsBySecond }: ThrottledGateway): number =>
  Math.max(...attemptsBySecond.values());

const framesAtEach = ({ received }: ThrottledGateway): Set<number> =>
  new Set(members.map(({ connectionId }) => received.get(connectionId)?.size ?? 0));

describe('[FA5] fifty messages to 500 members at once', () => {
  it('go out at the rate that was set, within the quota', async () => {
    const gateway = await sendAtOnce({ perSecond: 2500, burst: 1250 });
    expect(maxAttempts(gateway)).toBeLessThanOrEqual(sandboxes * postsPerSandbox * 1.6);
    expect(framesAtEach(gateway)).toEqual(new Set([sends]));
    expect(gateway.refused).toBe(0);
    expect(gateway.closed).toEqual([]);
  });

  it('[FA3] slow down to a quota that others use up, reach everybody later, and end nobody', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const gateway = await sendAtOnce({ perSecond: 600, burst: 300 });
    expect(gateway.refused).toBeGreaterThan(0);
    expect(maxAttempts(gateway)).toBeLessThanOrEqual(sandboxes * postsPerSandbox * 1.6);
    expect(framesAtEach(gateway)).toEqual(new Set([sends]));
    expect(gateway.closed).toEqual([]);
    // Once slowed down, few posts are in vain.
    expect(gateway.refused).toBeLessThan((sends * members.length) / 4);
    vi.restoreAllMocks();
  });
});
