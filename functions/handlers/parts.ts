import type { FanOut } from '../fan-out/fan-out.ts';
import { PushMemory } from '../fan-out/push-memory.ts';
import { Dispatcher } from '../push/dispatch/dispatcher.ts';
import type { PushJob, QueuedJob } from '../push/dispatch/push-job.ts';
import type { PushQueue } from '../push/dispatch/push-queue.ts';
import type { PushParts } from '../push/dispatch/run-push-job.ts';
import { Pusher } from '../push/pusher.ts';
import { RecipientResolver } from '../push/recipients/recipient-resolver.ts';
import { stillEntitled } from '../push/recipients/still-entitled.ts';
import { ConnectionSender } from '../push/transport/connection-sender.ts';
import { countingPoster } from '../push/transport/counting-poster.ts';
import type { FramePoster } from '../push/transport/frame-poster.ts';
import { SendLimiter, sliceSize } from '../push/transport/send-limiter.ts';
import type { Timing } from '../runtime/timing.ts';
import { UsageCounter } from '../runtime/usage-counts.ts';
import { createService, type Service } from '../service/service.ts';
import { Cursors, type NewSecret } from '../store/cursors.ts';
import type { Table } from '../store/dynamodb/table.ts';

/**
 * What a Lambda reaches the world by. On AWS these are clients and settings of the environment
 * (`wiring.ts`), in tests whatever stands for them.
 */
export interface StorePorts extends Timing {
  table: Table;
  retentionDays: number;
  /** Of the table, for who tells clients: see `Service`. */
  epoch?: string;
  /** No two are the same. */
  newId: () => string;
  newSecret?: NewSecret;
}

export interface PushPorts extends StorePorts {
  poster: FramePoster;
  queue: PushQueue<QueuedJob>;
  /** That one sandbox may make. */
  postsPerSecond: number;
}

export interface AnswerPorts extends PushPorts {
  /** See `RecipientResolver`. */
  directPushMembers: number;
}

export type CountWindows = Pick<FanOut, 'windowMs' | 'bigGroupWindowMs'>;

export interface StoreParts {
  service: Service;
  cursors: Cursors;
}

/** What it takes to reach connections, from here and by way of the queue. */
export interface PushWiring extends StoreParts, PushParts {
  queue: PushQueue<QueuedJob>;
  poster: FramePoster;
  usage: UsageCounter;
  dispatcher: Dispatcher;
}

/** What it takes to answer and to push. A sandbox keeps it for as long as it lives. */
export interface AnswerParts extends PushWiring {
  pusher: Pusher;
}

export function storeParts(ports: StorePorts): StoreParts {
  const { table, newSecret } = ports;
  return { service: createService(ports), cursors: new Cursors(table, newSecret) };
}

function pushWiring(ports: PushPorts): PushWiring {
  const { clock, random, wait, queue, postsPerSecond } = ports;
  const stored = storeParts(ports);
  const { service } = stored;
  const timing = { clock, random, wait };
  const usage = new UsageCounter(clock);
  const poster = countingPoster(ports.poster, usage);
  const limiter = new SendLimiter(timing, postsPerSecond);
  const parts: PushParts = {
    ...{ queue, timing, usage },
    connectionSender: new ConnectionSender(service.connections, poster, timing, limiter),
    stillEntitled: (job: PushJob) => stillEntitled(service, job),
  };
  const dispatcher = new Dispatcher({ ...parts, sliceSize: sliceSize(postsPerSecond) });
  return { ...stored, ...parts, ...{ queue, poster, dispatcher } };
}

export function answerParts(ports: AnswerPorts): AnswerParts {
  const wired = pushWiring(ports);
  const resolver = new RecipientResolver(wired.service, ports.directPushMembers);
  return { ...wired, pusher: new Pusher(resolver, wired.dispatcher) };
}

/** What it takes to push counts, and to do what waits in the queue. */
export const fanOutParts = (
  ports: PushPorts,
  { windowMs, bigGroupWindowMs }: CountWindows,
): FanOut & PushWiring => ({
  ...pushWiring(ports),
  ...{ memory: new PushMemory(), windowMs, bigGroupWindowMs },
});
