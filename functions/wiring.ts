import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { Cursors } from './cursors.ts';
import { AuthorIndex } from './push/author-index.ts';
import { Courier } from './push/courier.ts';
import { Deliverer } from './push/deliver.ts';
import { Dispatcher } from './push/dispatcher.ts';
import { framePoster } from './push/frame-poster.ts';
import { handOffTo } from './push/hand-off.ts';
import { required } from './required-environment.ts';
import { createService } from './service.ts';
import { Table } from './store/table.ts';

function wireTable(): Table {
  const client = new DynamoDBClient({
    maxAttempts: 4,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: 1000,
      requestTimeout: 3000,
      httpAgent: { keepAlive: true, maxSockets: 100 },
      httpsAgent: { keepAlive: true, maxSockets: 100 },
    }),
  });
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

/** What it takes to reach connections. */
export function wireCourier(postTimeoutMs?: number) {
  const wired = wireStore();
  const poster = framePoster(required('callbackUrl'), postTimeoutMs);
  const { connections, clock, random } = wired.service;
  return { ...wired, poster, courier: new Courier(connections, poster, { clock, random, wait }) };
}

/** What it takes to answer and to push. A sandbox keeps it for as long as it lives. */
export function wire() {
  const wired = wireCourier();
  const { service, courier } = wired;
  const handOff = handOffTo(required('pushFunction'));
  const postsPerSecond = Number(required('postsPerSecond'));
  const dispatcher = new Dispatcher(courier, handOff, postsPerSecond, service.clock);
  const authors = new AuthorIndex(service.messages);
  return { ...wired, dispatcher, authors, deliverer: new Deliverer(service, dispatcher, authors) };
}
