import { setTimeout as wait } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { Faults } from '@seenby/local-cloud/faults.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SeenbyCloud } from '../../../demo/local/seenby-cloud.ts';
import { seededRandom } from '../../../demo/simulator/random.ts';
import { usually } from '../../support/nightly.ts';
import { startOwnCloud } from '../../support/service/own-cloud.ts';
import { patienceMs } from '../../support/time/patience.ts';
import { callRoute, fetchToken } from '../../support/wire/http.ts';
import { SocketClient } from './socket-client.ts';

const seed = Number(process.env.SEED ?? 1);
const random = seededRandom(seed);
let isFaulty = false;

const faults: Faults = {
  random: () => (isFaulty ? random() : 0.999_999),
  streams: { duplicate: 0.2, reorder: 0.3, drop: 0.2, delay: 0.2, maxDelayMs: 500 },
  posts: { limited: 0.05, failed: 0.05, answerLost: 0.03, hung: 0.02 },
  lostDisconnects: 0.5,
  crashes: { chance: 0.03, withinMs: 50 },
};

const visibilities = ['members', 'sender', 'admins', 'members', 'sender'];
const actionsEach = usually(6, { nightly: 12 });

let cloud: SeenbyCloud;
const clients: SocketClient[] = [];
const lives: Promise<void>[] = [];

beforeAll(async () => {
  cloud = await startOwnCloud({
    streams: { virtualShards: 4 },
    hiddenMs: 2000,
    faults,
  });
});
afterAll(async () => {
  for (const client of clients) client.close();
  await Promise.all(lives);
  await cloud.stop();
});

describe(`over real sockets, under every fault (SEED=${seed})`, () => {
  beforeAll(async () => {
    await Promise.all(visibilities.map((visibility, i) => openGroup(`group-${i}`, visibility)));
    for (const client of clients) lives.push(client.live());
    const allShow = () => expect(clients.filter(({ view }) => !view)).toEqual([]);
    // `expect.poll` is for tests alone.
    await vi.waitFor(allShow, { timeout: patienceMs });
    isFaulty = true;
    await Promise.all(clients.map(act));
    isFaulty = false;
    await cloud.drained();
  });

  it('[PU1] [PU4] all clients end with the truth', async () => {
    let compared = 0;
    for (const client of clients) {
      let truth = {};
      // Asked for each time: a send whose sender gave up waiting may end later.
      const isTrue = async () => {
        truth = await told(client);
        return isDeepStrictEqual(shown(client), truth) || { shown: shown(client), truth };
      };
      await expect.poll(isTrue, { interval: 100 }).toBe(true);
      compared += Object.keys(truth).length;
    }
    // Who has sent nothing in a group where only senders see counts has none; most have.
    expect(compared).toBeGreaterThan(clients.length);
  });

  it('[PU5] nobody hears of another group', () => {
    expect(clients.map(({ received }) => received)).not.toContain(0);
    expect(clients.flatMap(({ strange }) => strange)).toEqual([]);
  });

  it('gives no change up', () => {
    expect(Object.values(cloud.deadLetters()).flat()).toEqual([]);
  });
});

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
