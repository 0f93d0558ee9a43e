import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import {
  answerParts,
  fanOutParts,
  type PushPorts,
  type StorePorts,
  storeParts,
} from './handlers/parts.ts';
import { pushQueue } from './push/dispatch/push-queue.ts';
import { framePoster, type PostTimes } from './push/transport/frame-poster.ts';
import { clientOptions } from './runtime/aws-client.ts';
import { required } from './runtime/required-environment.ts';
import { tableEpoch } from './runtime/table-epoch.ts';
import { Table } from './store/dynamodb/table.ts';

const timing = { clock: Date.now, random: Math.random, wait };

function storePorts(): StorePorts {
  const client = new DynamoDBClient(clientOptions());
  return {
    ...timing,
    table: new Table(DynamoDBDocumentClient.from(client), required('tableName')),
    retentionDays: Number(required('retentionDays')),
    newId: randomUUID,
  };
}

const pushPorts = (times?: PostTimes): PushPorts => ({
  ...storePorts(),
  poster: framePoster(required('callbackUrl'), times),
  queue: pushQueue(required('pushQueue')),
  postsPerSecond: Number(required('postsPerSecond')),
});

/** The use cases' service on the real table. */
export const wireStore = () => storeParts(storePorts());

/** What it takes to answer and to push. */
export const wire = () =>
  answerParts({
    ...pushPorts(),
    directPushMembers: Number(required('directPushMembers')),
    epoch: tableEpoch(),
  });

/** What it takes to push counts, and to do what waits in the queue. */
export const wireFanOut = (times?: PostTimes) =>
  fanOutParts(pushPorts(times), {
    windowMs: Number(required('pushWindowSeconds')) * 1000,
    bigGroupWindowMs: Number(required('bigGroupPushWindowSeconds')) * 1000,
  });
