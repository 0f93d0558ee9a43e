import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { type MeteringProxy, startMeteringProxy } from '../../../bench/metering-proxy.ts';
import { fetchToken, WireClient } from '../../../bench/wire-client.ts';
import { createService } from '../../../functions/service.ts';
import { Table } from '../../../functions/store/table.ts';
import { createGroup } from '../../../functions/use-cases/create-group.ts';
import { type LocalCloud, startCloud } from '../../../local/cloud.ts';
import { localAccess } from '../../../local/dynamodb/local-access.ts';
import { Template } from '../../../local/template/template.ts';
import { inLanes } from '../../../simulator/in-lanes.ts';

const connections = 1000;
const groups = 1000;
const atOnce = 20;
const users = Array.from({ length: connections }, (_, i) => `user-${i}`);
/** Each user has as many groups open. */
const groupsOf = (userId: string): string[] =>
  Array.from({ length: Math.ceil(groups / connections) }, (_, i) => `${userId}-group-${i}`);
const watchedMs = 3000;

let meter: MeteringProxy;
let cloud: LocalCloud;
let invocations: string[] = [];
let clients: WireClient[] = [];

beforeAll(async () => {
  meter = await startMeteringProxy(inject('dynamoDbEndpoint'));
  const [table] = Template.read(inject('assemblyDir')).resources('AWS::DynamoDB::GlobalTable');
  cloud = await startCloud({
    assemblyDir: inject('assemblyDir'),
    dynamoDbEndpoint: meter.endpoint,
    tableNames: { [table?.logicalId ?? '']: `idle-${randomUUID()}` },
    concurrency: 4,
    logInvocation: ({ functionName }) => invocations.push(functionName),
  });
});
afterAll(async () => {
  for (const client of clients) client.close();
  await cloud.stop();
  await meter.stop();
});

it('a thousand idle connections that have a thousand groups open cost nothing', async () => {
  await makeGroups();
  clients = await inLanes(users, atOnce, connect);
  const confirmations = connections * groupsOf('').length;
  await expect.poll(() => cloud.frames.total().framesOut).toBeGreaterThanOrEqual(confirmations);
  await cloud.drained();
  expect(invocations.length).toBeGreaterThanOrEqual(3 * connections);
  expect(meter.usage()).not.toEqual([]);

  invocations = [];
  meter.reset();
  cloud.frames.reset();
  await wait(watchedMs);
  expect(invocations).toEqual([]);
  expect(meter.usage()).toEqual([]);
  expect(cloud.frames.total()).toMatchObject({ framesIn: 0, framesOut: 0 });

  // Not because everything sleeps: whoever comes next is served.
  expect(await clients[0]?.request({ type: 'ping' })).toMatchObject({ type: 'pong' });
}, 900_000);

/** Each of two: one connected, one away. Through the use case itself, which spares as many requests. */
async function makeGroups(): Promise<void> {
  const client = new DynamoDBClient({ endpoint: inject('dynamoDbEndpoint'), ...localAccess });
  const tableName = Object.values(cloud.tables)[0]?.tableName ?? '';
  const service = createService({
    table: new Table(DynamoDBDocumentClient.from(client), tableName),
    ...{ retentionDays: 30, clock: Date.now, random: Math.random, newId: randomUUID },
  });
  const owned = users.flatMap((userId) => groupsOf(userId).map((groupId) => ({ userId, groupId })));
  await inLanes(owned, atOnce, ({ userId, groupId }) =>
    createGroup(
      service,
      { userId },
      {
        ...{ groupId, name: 'Two', memberIds: [`away-${groupId}`], kind: 'group' },
        ...{ tracking: 'receipts', visibility: 'members', historyForNewMembers: 100 },
      },
    ),
  );
  client.destroy();
}

async function connect(userId: string): Promise<WireClient> {
  const client = await WireClient.open(cloud.wsUrl, await fetchToken(cloud.httpUrl, userId));
  const reply = await client.request({ type: 'subscribe_group', groupIds: groupsOf(userId) });
  expect(reply).toMatchObject({ type: 'subscription_confirmed' });
  return client;
}
