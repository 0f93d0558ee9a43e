import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { FanOut } from './fan-out/fan-out.ts';
import { PushMemory } from './fan-out/push-memory.ts';
import { Dispatcher } from './push/dispatch/dispatcher.ts';
import type { PushJob } from './push/dispatch/push-job.ts';
import { pushQueue } from './push/dispatch/push-queue.ts';
import { Pusher } from './push/pusher.ts';
import { RecipientResolver } from './push/recipients/recipient-resolver.ts';
import { stillEntitled } from './push/recipients/still-entitled.ts';
import { ConnectionSender } from './push/transport/connection-sender.ts';
import { countingPoster } from './push/transport/counting-poster.ts';
import { framePoster, type PostTimes } from './push/transport/frame-poster.ts';
import { SendLimiter, sliceSize } from './push/transport/send-limiter.ts';
import { clientOptions } from './runtime/aws-client.ts';
import { required } from './runtime/required-environment.ts';
import { UsageCounter } from './runtime/usage-counts.ts';
import { createService } from './service/service.ts';
import { Cursors } from './store/cursors.ts';
import { Table } from './store/dynamodb/table.ts';

function wireTable(): Table {
  const client = new DynamoDBClient(clientOptions());
  return new Table(DynamoDBDocumentClient.from(client), required('tableName'));
}

/** The use cases' service on the real table. */
export function wireStore() {
  const table = wireTable();
  const service = createService({
    table,
    retentionDays: Number(required('retentionDays')),
    clock: Date.now,
    random: Math.random,
    newId: randomUUID,
  });
  return { service, cursors: new Cursors(table) };
}

/** What it takes to reach connections, from here and by way of the queue. */
export function wirePush(times?: PostTimes) {
  const wired = wireStore();
  const { service } = wired;
  const timing = { clock: service.clock, random: service.random, wait };
  const usage = new UsageCounter(service.clock);
  const poster = countingPoster(framePoster(required('callbackUrl'), times), usage);
  const postsPerSecond = Number(required('postsPerSecond'));
  const limiter = new SendLimiter(timing, postsPerSecond);
  return {
    ...{ ...wired, timing, poster, usage },
    connectionSender: new ConnectionSender(service.connections, poster, timing, limiter),
    queue: pushQueue(required('pushQueue')),
    stillEntitled: (job: PushJob) => stillEntitled(service, job),
    sliceSize: sliceSize(postsPerSecond),
  };
}

/**
 * What it takes to answer and to push. A sandbox keeps it for as long as it lives.
 *
 * @param directPushMembers see `RecipientResolver`.
 */
export function wire(directPushMembers = 0) {
  const wired = wirePush();
  const { service } = wired;
  const dispatcher = new Dispatcher(wired);
  return {
    ...wired,
    dispatcher,
    pusher: new Pusher(new RecipientResolver(service, directPushMembers), dispatcher),
  };
}

/** What it takes to push counts, and to do what waits in the queue. */
export function wireFanOut(times?: PostTimes): FanOut & ReturnType<typeof wirePush> {
  const wired = wirePush(times);
  return {
    ...wired,
    dispatcher: new Dispatcher(wired),
    memory: new PushMemory(),
    windowMs: Number(required('pushWindowSeconds')) * 1000,
    bigGroupWindowMs: Number(required('bigGroupPushWindowSeconds')) * 1000,
  };
}
