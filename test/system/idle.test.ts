import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import pMap from 'p-map';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type MeteringProxy, startMeteringProxy } from '../../bench/support/metering-proxy.ts';
import type { SeenbyCloud } from '../../demo/local/seenby-cloud.ts';
import { createGroup } from '../../functions/groups/create-group.ts';
import { createService } from '../../functions/service/service.ts';
import { Table } from '../../functions/store/dynamodb/table.ts';
import { usually } from '../support/nightly.ts';
import { startOwnCloud } from '../support/service/own-cloud.ts';
import { fetchToken } from '../support/wire/http.ts';
import { WireClient } from '../support/wire/wire-client.ts';

/** What one costs a thousand cost: nothing. */
const connections = usually(40, { nightly: 1000 });
const atOnce = 20;
const users = Array.from({ length: connections }, (_, i) => `user-${i}`);
/** Each user has one open. */
const groupOf = (userId: string): string => `${userId}-group`;
const watchedMs = usually(1000, { nightly: 3000 });

const tableName = `idle-${randomUUID()}`;
let meter: MeteringProxy;
let cloud: SeenbyCloud;
let invocations: string[] = [];
let clients: WireClient[] = [];

beforeAll(async () => {
  meter = await startMeteringProxy(inject('dynamoDbEndpoint'));
  cloud = await startOwnCloud({
    ...{ dynamoDbEndpoint: meter.endpoint, tableName },
    logInvocation: ({ functionName }) => invocations.push(functionName),
  });
});
afterAll(async () => {
  for (const client of clients) client.vanish();
  await cloud.stop();
  await meter.stop();
});

it(`${connections} idle connections that have ${connections} groups open cost nothing`, async () => {
  await makeGroups();
  clients = await pMap(users, connect, { concurrency: atOnce });
  await expect.poll(() => cloud.frames.total().framesOut).toBeGreaterThanOrEqual(connections);
  // An invocation ends, and is logged, after its reply has come: one to connect and one to subscribe.
  const ofSockets = () => invocations.filter((name) => name.startsWith('Socket'));
  await expect.poll(() => ofSockets().length).toBe(2 * connections);
  await cloud.drained();
  expect(meter.usage()).not.toEqual([]);

  invocations = [];
  meter.reset();
  cloud.frames.reset();
  await wait(watchedMs);
  expect(invocations).toEqual([]);
  expect(meter.usage()).toEqual([]);
  expect(cloud.frames.total()).toMatchObject({ framesIn: 0, framesOut: 0 });

  // Not because everything sleeps: whoever comes next is served.
  expect(await clients[0]?.reply({ type: 'ping' })).toMatchObject({ type: 'pong' });
}, 900_000);

/** Each of two: one connected, one away. Through the use case itself, which spares as many requests. */
async function makeGroups(): Promise<void> {
  const client = new DynamoDBClient({ endpoint: inject('dynamoDbEndpoint'), ...localAccess });
  const service = createService({
    table: new Table(DynamoDBDocumentClient.from(client), tableName),
    ...{ retentionDays: 30, clock: Date.now, random: Math.random, newId: randomUUID },
  });
  await pMap(
    users,
    (userId) =>
      createGroup(
        service,
        { userId },
        {
          ...{
            groupId: groupOf(userId),
            name: 'Two',
            memberIds: [`away-${userId}`],
            kind: 'group',
          },
          ...{ tracking: 'receipts', visibility: 'members', historyForNewMembers: 100 },
        },
      ),
    { concurrency: atOnce },
  );
  client.destroy();
}

async function connect(userId: string): Promise<WireClient> {
  const client = await WireClient.open(cloud.wsUrl, await fetchToken(cloud.httpUrl, userId));
  const reply = await client.reply({ type: 'subscribe_group', groupId: groupOf(userId) });
  expect(reply).toMatchObject({ type: 'subscription_confirmed' });
  return client;
}
