import { isDeepStrictEqual } from 'node:util';
import type { Counts } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { bySeq } from '../../support/wire/observation.ts';
import { shownCounts, updatesOf } from '../../support/wire/shown-counts.ts';
import { User } from '../../support/wire/user.ts';
import type { Frame, WireClient } from '../../support/wire/wire-client.ts';

const convergesWithinMs = 2000;

/** Six members who have the group open, one of them twice, and four messages to begin with. */
async function openEverywhere() {
  const users = await User.createAll('a', 'b', 'c', 'd', 'e', 'f');
  const conversation = await Conversation.start(users);
  const [alice] = users as [User];
  const clients = await Promise.all(
    [...users, alice].map((user) => user.subscribe(conversation.groupId)),
  );
  await conversation.sayMany(alice, 4);
  return { conversation, users, clients };
}

/** Everybody sends, receives and reads, all at the same time. */
async function actAtOnce({
  conversation,
  users,
  clients,
}: Awaited<ReturnType<typeof openEverywhere>>) {
  const { groupId, path } = conversation;
  const acts = users.map(async (user, i) => {
    const client = clients[i] as WireClient;
    await user.post(`${path}/delivered`, { upTo: 2 + (i % 3) });
    await client.ask('mark_read_confirmed', {
      ...{ type: 'mark_read', messageIds: [`${groupId}.${(i % 4) + 1}`] },
    });
    await conversation.say(user);
    await client.ask('mark_read_confirmed', { type: 'mark_read', groupId, upTo: 3 + (i % 2) });
  });
  await Promise.all(acts);
}

async function truthOf(conversation: Conversation): Promise<Map<number, Counts>> {
  const [viewer] = conversation.members as [User];
  const { lastSeq } = await conversation.history(viewer);
  const truth = bySeq((await conversation.counts(viewer, 1, lastSeq)).counts);
  expect(truth.size).toBe(lastSeq);
  expect(lastSeq).toBeGreaterThan(0);
  return truth;
}

const converges = (
  client: WireClient,
  groupId: string,
  truth: Map<number, Counts>,
): Promise<true> =>
  client.until(
    `agreement with ${JSON.stringify([...truth])}`,
    () => {
      const shown = shownCounts(updatesOf(groupId, client.frames));
      return isDeepStrictEqual(shown, truth) || undefined;
    },
    convergesWithinMs,
  );

describe('everyone who has a group open', () => {
  it(`[PU1] [PU4] comes to show the truth within ${convergesWithinMs} ms, with nobody asking again`, async () => {
    const open = await openEverywhere();
    const { conversation, clients } = open;
    const { groupId } = conversation;
    await actAtOnce(open);
    const truth = await truthOf(conversation);
    await Promise.all(clients.map((client) => converges(client, groupId, truth)));

    for (const client of clients) {
      const updates = updatesOf(groupId, client.frames);
      expectVersionsToRise(updates);
      // Reordered, repeated, or without any one of them but the newest, they show the same.
      const newestLast = updates.filter(({ counts }) => counts).sort(byVersion);
      expect(shownCounts([...newestLast].reverse())).toEqual(truth);
      expect(shownCounts([...newestLast, ...newestLast])).toEqual(truth);
    }
  });

  it('[PU4] gets from each subscription a version that no later update falls below', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const { groupId } = conversation;
    await conversation.sayMany(alice, 2);
    await conversation.read(bob, 1);
    const client = await alice.connect();
    const { version } = await client.ask('subscription_confirmed', {
      type: 'subscribe_group',
      groupId,
    });
    await conversation.read(bob, 2);
    const update = await client.next('read_status_update', ({ counts }) =>
      Boolean(counts?.some(({ toSeq, readCount }) => toSeq === 2 && readCount === 2)),
    );
    expect(update.version).toBeGreaterThan(version);
    expect(update.version).toBe((await conversation.counts(alice, 1, 2)).version);
  });
});

const byVersion = (a: Frame<'read_status_update'>, b: Frame<'read_status_update'>): number =>
  (a.version ?? 0) - (b.version ?? 0);

/** Nobody leaves, so the counts of a later version are never lower: whatever order frames came in. */
function expectVersionsToRise(updates: readonly Frame<'read_status_update'>[]): void {
  const shown = new Map<number, Counts>();
  for (const { counts = [], version } of updates.filter((u) => u.counts).sort(byVersion)) {
    expect(version).toEqual(expect.any(Number));
    for (const [seq, after] of bySeq(counts)) {
      const before = shown.get(seq) ?? after;
      expect(after.readCount).toBeGreaterThanOrEqual(before.readCount);
      expect(after.deliveredCount).toBeGreaterThanOrEqual(before.deliveredCount);
      shown.set(seq, after);
    }
  }
}
