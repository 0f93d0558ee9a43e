import { randomUUID } from 'node:crypto';
import type { Message } from '@seenby/protocol/entities.ts';
import pMap from 'p-map';
import { afterAll, expect, inject, it } from 'vitest';
import { type Child, startChild } from '../../../bench/processes/child.ts';
import type { CloudCommands } from '../../../bench/processes/cloud-process.ts';
import { seededRandom } from '../../../demo/simulator/random.ts';
import { usually } from '../../support/nightly.ts';
import { tableNamesOf, testConcurrency } from '../../support/service/own-cloud.ts';
import { callRoute, fetchToken } from '../../support/wire/http.ts';
import { type Attempt, BusyMember, type CloudUrls } from './busy-member.ts';
import {
  fetchCounts,
  fetchHistory,
  fetchList,
  type GroupAddress,
  readInAMinute,
} from './stored-group.ts';

const seed = Number(process.env.SEED ?? 7);
const random = seededRandom(seed);
const kills = usually(1, { nightly: 5 });
const endpoint = inject('dynamoDbEndpoint');
const tableName = `kill-${randomUUID()}`;
/** Clients in groups of ten: in one group each message would be pushed to all of them. */
const groups = ['sales', 'ships', 'store', 'sound', 'space']
  .slice(0, usually(3, { nightly: 5 }))
  .map((groupId) => ({
    groupId,
    members: Array.from(
      { length: 10 },
      (_, i) => new BusyMember(`${groupId}-${i}`, groupId, random),
    ),
  }));
type Group = (typeof groups)[number];
const members = groups.flatMap((group) => group.members);

let cloud: Child<CloudCommands> | undefined;
afterAll(async () => {
  for (const member of members) member.close();
  await cloud?.kill();
});

it(`[FA1] kill -9 of everything but the database loses nothing acknowledged (SEED=${seed})`, async () => {
  let urls = await startCloud();
  await Promise.all(groups.map((group) => createGroup(urls, group)));
  const inFlight: Attempt[] = [];
  for (let kill = 1; kill <= kills; kill++) {
    await connectAll(urls);
    await workUntilKilled(20 + Math.floor(random() * 40));
    inFlight.push(...unacknowledged());
    urls = await startCloud();
  }
  expect(inFlight.length).toBeGreaterThan(0);
  await connectAll(urls);
  await pMap(members, sendAgain, { concurrency: 10 });

  expect(members.flatMap(({ surprises }) => surprises)).toEqual([]);
  expect(unacknowledged()).toEqual([]);
  await cloud?.call('drained');
  for (const group of groups) await expectNothingLost(urls, group, inFlight);
});

async function startCloud(): Promise<CloudUrls> {
  const assemblyDir = inject('assemblyDir');
  cloud = startChild<CloudCommands>(
    new URL('../../../bench/processes/cloud-process.ts', import.meta.url),
  );
  const settings = { assemblyDir, dynamoDbEndpoint: endpoint, concurrency: testConcurrency };
  await cloud.call('start', { ...settings, tableNames: tableNamesOf(assemblyDir, tableName) });
  return cloud.call('urls');
}

async function createGroup({ httpUrl }: CloudUrls, { groupId, members }: Group): Promise<void> {
  const [owner = '', ...memberIds] = members.map(({ userId }) => userId);
  const group = { groupId, name: groupId, memberIds, tracking: 'receipts' };
  await callRoute(`${httpUrl}/groups`, await fetchToken(httpUrl, owner), group);
}

/** Nobody's position may be behind what was confirmed before the crash. */
async function connectAll(urls: CloudUrls): Promise<void> {
  await pMap(
    members,
    async (member) => {
      const { readSeq } = await member.connect(urls);
      expect(readSeq).toBeGreaterThanOrEqual(member.confirmedSeq);
    },
    { concurrency: 10 },
  );
}

/** Everyone first tries again what was not answered, then sends and reads until the end. */
async function workUntilKilled(acknowledgements: number): Promise<void> {
  let left = acknowledgements;
  let killed: Promise<void> | undefined;
  const acknowledged = () => {
    left -= 1;
    if (left === 0) killed = cloud?.kill();
  };
  await Promise.all(
    members.map(async (member) => {
      for (const attempt of member.attempts.filter(({ message }) => !message)) {
        if ((await member.send(attempt)) === 'lost') return;
        acknowledged();
      }
      await member.work(acknowledged);
    }),
  );
  await (killed ?? cloud?.kill());
}

const unacknowledged = (): Attempt[] =>
  members.flatMap(({ attempts }) => attempts.filter(({ message }) => !message));

/** All that was never answered, and one that was: the client compares what comes back. */
async function sendAgain(member: BusyMember): Promise<void> {
  const [known, ...others] = member.attempts;
  const open = others.filter(({ message }) => !message);
  for (const attempt of known ? [known, ...open] : []) await member.send(attempt);
}

async function expectNothingLost(
  { httpUrl }: CloudUrls,
  { groupId, members }: Group,
  inFlight: readonly Attempt[],
): Promise<void> {
  const userId = `${groupId}-0`;
  await readInAMinute({ endpoint, tableName }, { groupId, userId });
  const group = { httpUrl, groupId, token: await fetchToken(httpUrl, userId) };
  const { messages: history, lastSeq } = await fetchHistory(group);
  expect(history.map(({ seq }) => seq)).toEqual(Array.from({ length: lastSeq }, (_, i) => i + 1));
  const closeConnection = inFlight.filter((attempt) => attempt.userId.startsWith(groupId));
  expectMessagesOf(members, history, closeConnection.length);
  await expectCountsToAgree(group, members, history);
}

/** Every message once, as it was acknowledged; a seq without one is a tombstone of a cut-off send. */
function expectMessagesOf(
  members: readonly BusyMember[],
  history: readonly Message[],
  maxTombstones: number,
): void {
  const stored = history.filter(({ recalled }) => !recalled);
  const attempts = members.flatMap((member) => member.attempts);
  expect(stored.length).toBe(attempts.length);
  expect(stored.length).toBeGreaterThan(0);
  const bySeq = new Map(stored.map((message) => [message.seq, message]));
  for (const { message, userId, clientMessageId, content } of attempts) {
    expect(message).toMatchObject({ senderId: userId, clientMessageId, content });
    expect(bySeq.get(message?.seq ?? 0)).toMatchObject({ ...message });
  }
  expect(history.length - stored.length).toBeLessThanOrEqual(maxTombstones);
}

/** The counts of every message, and its list with the time of each receipt, tell the same. */
async function expectCountsToAgree(
  group: GroupAddress,
  members: readonly BusyMember[],
  history: readonly Message[],
): Promise<void> {
  const ranges = await fetchCounts(group, history.length);
  const stored = history.filter(({ recalled }) => !recalled);
  await pMap(
    stored,
    async ({ seq }) => {
      const range = ranges.find(({ fromSeq, toSeq }) => fromSeq <= seq && seq <= toSeq);
      const { members: lines, ...list } = await fetchList(group, seq);
      const { readCount, deliveredCount, unreadCount, totalCount } = list;
      expect(range).toMatchObject({ readCount, deliveredCount, unreadCount, totalCount });
      const read = lines.filter(({ readAt }) => readAt !== null).map(({ userId }) => userId);
      expect(read.length).toBe(readCount);
      expect(lines.filter(({ deliveredAt }) => deliveredAt !== null).length).toBe(deliveredCount);
      expect(lines.length).toBe(totalCount);
      expect(read.length + unreadCount).toBe(totalCount);
      const confirmed = members.filter(({ confirmedSeq }) => confirmedSeq >= seq);
      expect(read).toEqual(expect.arrayContaining(confirmed.map(({ userId }) => userId)));
    },
    { concurrency: 5 },
  );
}
