import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { callRoute, fetchToken } from '../../bench/wire-client.ts';
import { type LocalCloud, startCloud } from '../../local/cloud.ts';
import type { Faults } from '../../local/faults.ts';
import { Template } from '../../local/template/template.ts';
import { seededRandom } from '../../simulator/random.ts';
import { SocketClient } from './storm/socket-client.ts';

const seed = Number(process.env.SEED ?? 1);
const random = seededRandom(seed);
let isStormy = false;

const faults: Faults = {
  random: () => (isStormy ? random() : 0.999_999),
  streams: { duplicate: 0.2, reorder: 0.3, drop: 0.2, delay: 0.2, maxDelayMs: 500 },
  posts: { limited: 0.05, failed: 0.05, answerLost: 0.03, hung: 0.02 },
  lostDisconnects: 0.5,
  crashes: { chance: 0.03, withinMs: 50 },
};

const tables = Template.read(inject('assemblyDir')).resources('AWS::DynamoDB::GlobalTable');
const visibilities = ['members', 'sender', 'admins', 'members', 'sender'];
const actionsEach = 12;

let cloud: LocalCloud;
const clients: SocketClient[] = [];
const lives: Promise<void>[] = [];

beforeAll(async () => {
  cloud = await startCloud({
    assemblyDir: inject('assemblyDir'),
    dynamoDbEndpoint: inject('dynamoDbEndpoint'),
    tableNames: { [tables[0]?.logicalId ?? '']: `faults-${randomUUID()}` },
    streams: { virtualShards: 4 },
    faults,
  });
});
afterAll(async () => {
  for (const client of clients) client.close();
  await Promise.all(lives);
  await cloud.stop();
});

it(`[PU1] [PU4] [PU5] [FA1] [FA2] over real sockets, under every fault, all end with the truth (SEED=${seed})`, async () => {
  await Promise.all(visibilities.map((visibility, i) => openGroup(`group-${i}`, visibility)));
  for (const client of clients) lives.push(client.live());
  await expect.poll(() => clients.every(({ view }) => view), { timeout: 30_000 }).toBe(true);

  isStormy = true;
  await Promise.all(clients.map(act));
  isStormy = false;

  await cloud.drained();
  for (const client of clients) {
    await expect
      .poll(() => shown(client), { timeout: 30_000, interval: 100 })
      .toEqual(await told(client));
  }
  expect(clients.flatMap(({ strange }) => strange)).toEqual([]);
  expect(Object.values(cloud.deadLetters()).flat()).toEqual([]);
}, 120_000);

async function openGroup(groupId: string, visibility: string): Promise<void> {
  const [owner = '', ...memberIds] = ['ann', 'bob', 'cat'].map((name) => `${name}-${groupId}`);
  const token = await fetchToken(cloud.httpUrl, owner);
  const group = { groupId, name: 'Team', memberIds, tracking: 'receipts', visibility };
  await callRoute(`${cloud.httpUrl}/groups`, token, group);
  const message = { clientMessageId: 'first', content: 'Hello' };
  await callRoute(`${cloud.httpUrl}/groups/${groupId}/messages`, token, message);
  const urls = { httpUrl: cloud.httpUrl, wsUrl: cloud.wsUrl };
  clients.push(...[owner, ...memberIds].map((userId) => new SocketClient(userId, groupId, urls)));
}

async function act(client: SocketClient): Promise<void> {
  const { groupId } = client;
  for (let n = 0; n < actionsEach; n++) {
    await wait(random() * 300);
    const draw = random();
    if (draw < 0.6) {
      const upTo = 1 + Math.floor(random() * client.lastSeq);
      await client.ask({ type: 'mark_read', groupId, upTo });
    } else if (draw < 0.85) {
      const message = { clientMessageId: `${client.userId}-${n}`, content: 'Hello' };
      await client.ask({ type: 'send_message', groupId, ...message });
    } else client.drop();
  }
}

const shown = ({ view }: SocketClient) => view && withReaders(view.counts);

const told = async (client: SocketClient) => withReaders((await client.truth()).counts);

/** A seq that not even its sender has read was lost to a crash: there is no message to show. */
const withReaders = (counts: ReadonlyMap<number, { readCount: number }>) =>
  Object.fromEntries(
    [...counts].filter(([, { readCount }]) => readCount > 0).sort(([a], [b]) => a - b),
  );
