import { dayMs } from '@seenby/core/day.ts';
import type { SyncAnswer, SyncedGroup } from '@seenby/protocol/http-answers.ts';
import { syncQuerySchema } from '@seenby/protocol/http-requests.ts';
import pMap from 'p-map';
import { beforeAll, describe, expect, it } from 'vitest';
import { createGroup } from '../../functions/groups/create-group.ts';
import { removeMember } from '../../functions/members/remove-member.ts';
import { recallMessage } from '../../functions/messages/recall-message.ts';
import { sendMessage } from '../../functions/messages/send-message.ts';
import { markOneGroup } from '../../functions/receipts/mark-messages.ts';
import { Cursors } from '../../functions/store/cursors.ts';
import { groupKey, syncSnapshotsPartition } from '../../functions/store/dynamodb/keys.ts';
import { syncChanges } from '../../functions/sync/sync-changes.ts';
import { copyGroup } from '../support/service/copy-group.ts';
import { openService } from '../support/service/open-service.ts';
import { accepts } from '../unit/protocol/safe-parse.ts';

const opened = await openService();
const { service, table, units, time } = opened;
const cursors = new Cursors(table);
/** Three bytes a letter in UTF-8: names that make answers long. */
const longName = '会议'.repeat(50);

/** Ann is in all of them, and owns none. */
async function makeGroups(userId: string, count: number, name = 'Team'): Promise<string[]> {
  const groupIds = Array.from({ length: count }, (_, i) => `${userId}-${i}`);
  await makeGroupsOf(userId, groupIds, name);
  return groupIds;
}

/** The first one by the use case; the others are copies of it. */
async function makeGroupsOf(
  userId: string,
  [groupId = '', ...others]: string[],
  name = 'Team',
): Promise<void> {
  const made = await createGroup(
    service,
    { userId: 'owner' },
    {
      ...{ groupId, name, kind: 'group', tracking: 'receipts', visibility: 'members' },
      ...{ historyForNewMembers: 100, memberIds: [userId] },
    },
  );
  if (!made.ok) throw new Error(made.problem.message);
  await copyGroup(table, groupId, others);
}

async function sync(userId: string, since?: string): Promise<SyncAnswer> {
  const answer = await syncChanges(service, cursors, { userId }, since);
  if (!answer.ok) throw new Error(answer.problem.message);
  expect(answer.value.next.length).toBeLessThan(2048);
  expect(accepts(syncQuerySchema, { since: answer.value.next })).toBe(true);
  expect(Buffer.byteLength(JSON.stringify(answer.value))).toBeLessThan(1_000_000);
  return answer.value;
}

/** Goes on until everything has been told, as a client does. */
async function syncAll(userId: string, since?: string) {
  const groups = new Map<string, SyncedGroup>();
  const removed: string[] = [];
  let answers = 0;
  let token = since;
  for (;;) {
    const answer = await sync(userId, token);
    answers += 1;
    for (const group of answer.groups) groups.set(group.groupId, group);
    removed.push(...answer.removedGroupIds);
    token = answer.next;
    if (answer.changedCount === answer.groups.length) break;
    expect(answer.groups.length + answer.removedGroupIds.length).toBeGreaterThan(0);
  }
  return { groups, removed, answers, next: token };
}

async function say(groupId: string): Promise<void> {
  const message = {
    clientMessageId: `m-${time.now}`,
    content: 'Hello',
    messageType: 'text' as const,
  };
  const sent = await sendMessage(service, { userId: 'owner' }, { groupId, ...message });
  if (!sent.ok) throw new Error(sent.problem.message);
}

it('[SY4] [SY2] sync with as many groups as a token held once, and one more, tells each once, and then exactly what has changed', async () => {
  const userId = 'ann';
  const groupIds = await makeGroups(userId, 511, longName);
  const all = await syncAll(userId);
  expect([...all.groups.keys()].sort()).toEqual([...groupIds].sort());
  expect(all.answers).toBe(1);

  const [written = '', read = '', left = ''] = groupIds;
  await say(written);
  await say(read);
  const { next } = await sync(userId, all.next);
  await markOneGroup(service, { userId: 'owner' }, 'read', { groupId: written, upTo: 1 });
  await markOneGroup(service, { userId }, 'read', { groupId: read, upTo: 1 });
  await removeMember(service, { userId: 'owner' }, left, userId);
  const changed = await sync(userId, next);
  expect(changed.groups.map(({ groupId }) => groupId)).toEqual([read]);
  expect(changed).toMatchObject({ changedCount: 1, removedGroupIds: [left] });
  const [group] = changed.groups;
  expect(group).toMatchObject({ readSeq: 1, unreadCount: 0, counts: [{ readCount: 2 }] });
  // The same token, and the first one, once more.
  expect((await sync(userId, next)).groups).toEqual(changed.groups);
  const sinceFirst = await sync(userId, all.next);
  expect(sinceFirst.groups.map(({ groupId }) => groupId).sort()).toEqual([read, written].sort());
});

it('[MS4] [SY2] sync names the messages that were recalled, for clients that still show them', async () => {
  const [groupId = ''] = await makeGroups('rob', 1);
  await say(groupId);
  const { next } = await syncAll('rob');
  expect((await recallMessage(service, { userId: 'owner' }, groupId, 1)).ok).toBe(true);
  const { groups } = await sync('rob', next);
  expect(groups).toMatchObject([{ groupId, recalled: [{ fromSeq: 1, toSeq: 1 }] }]);
});

it('[SY4] sync with more groups than a token has bytes tells each once, and then that nothing has changed', async () => {
  const groupIds = await makeGroups('amy', 2100, longName);
  const all = await syncAll('amy');
  expect([...all.groups.keys()].sort()).toEqual([...groupIds].sort());
  expect(all.answers).toBe(2);
  expect(await sync('amy', all.next)).toMatchObject({ changedCount: 0, removedGroupIds: [] });
});

describe('[SY4] a token of many groups', () => {
  const userId = 'gus';
  beforeAll(() => makeGroups(userId, 130));

  it('writes nothing when nothing has changed', async () => {
    const { next } = await syncAll(userId);
    units.reset();
    for (let token = next, i = 0; i < 3; i++) ({ next: token } = await sync(userId, token));
    expect(units.write).toBe(0);
  });

  it('[SE5] refuses the token of another user', async () => {
    const { next } = await syncAll(userId);
    const answer = await syncChanges(service, cursors, { userId: 'owner' }, next);
    expect(answer).toMatchObject({ ok: false, problem: { code: 'BAD_CURSOR' } });
  });
});

describe('[SY4] an answer that cannot hold everything', () => {
  it('names 1,200 groups that were left in parts, each once', async () => {
    const groupIds = await makeGroups('bob', 1200);
    const { next } = await syncAll('bob');
    const leave = (groupId: string) => removeMember(service, { userId: 'owner' }, groupId, 'bob');
    await pMap(groupIds, leave, { concurrency: 20 });
    const { groups, removed, answers, next: last } = await syncAll('bob', next);
    expect([groups.size, answers]).toEqual([0, 3]);
    expect(removed.sort()).toEqual([...groupIds].sort());
    expect(await sync('bob', last)).toMatchObject({ changedCount: 0, removedGroupIds: [] });
  });

  it('has the counts of the newest thousand messages of a group', async () => {
    const [groupId = ''] = await makeGroups('cat', 1);
    await table.update({
      Key: groupKey(groupId),
      UpdateExpression: 'SET lastSeq = :last, checkedSeq = :last, steps = :steps',
      ExpressionAttributeValues: {
        ':last': 2500,
        ':steps': { [Math.floor(time.now / dayMs)]: 0 },
      },
    });
    const { groups } = await sync('cat');
    expect(groups[0]?.counts).toMatchObject([{ fromSeq: 1501, toSeq: 2500, totalCount: 2 }]);
  });
});

describe('[SY2] a token of a table that was restored since, or that of another region', () => {
  const otherTable = { ...service, epoch: 'another' };

  it.each([1, 130])(
    'answers everything, with reset, where the user has %i groups',
    async (count) => {
      const userId = `ivy${count}`;
      await makeGroups(userId, count);
      const { next } = await syncAll(userId);
      const answer = await syncChanges(otherTable, cursors, { userId }, next);
      expect(answer).toMatchObject({ ok: true, value: { reset: true, changedCount: count } });
      const again = answer.ok ? answer.value.next : '';
      const same = await syncChanges(otherTable, cursors, { userId }, again);
      expect(same).toMatchObject({ ok: true, value: { changedCount: 0 } });
      expect(same.ok && same.value).not.toHaveProperty('reset');
    },
  );
});

describe('[SY2] what a token of many groups stands for', () => {
  it('whose content is gone answers everything, with reset', async () => {
    await makeGroups('dan', 130);
    const { next } = await syncAll('dan');
    const kept = await table.queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': syncSnapshotsPartition('dan') },
    });
    expect(kept).toHaveLength(1);
    expect(Number(kept[0]?.expiresAt) * 1000).toBeGreaterThan(time.now + 30 * dayMs);
    await table.deleteMany(kept.map(({ pk, sk }) => ({ pk: String(pk), sk: String(sk) })));
    expect(await sync('dan', next)).toMatchObject({ reset: true, changedCount: 130 });
  });

  it('lasts as long as one of few, though it was kept before', async () => {
    await makeGroups('eve', 130);
    const first = await syncAll('eve');
    time.now += 20 * dayMs;
    const second = await sync('eve', first.next);
    expect(second).toMatchObject({ changedCount: 0 });
    const [kept] = await table.queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': syncSnapshotsPartition('eve') },
    });
    expect(Number(kept?.expiresAt) * 1000).toBeGreaterThanOrEqual(time.now + 30 * dayMs);
    time.now += 29 * dayMs;
    expect(await sync('eve', second.next)).not.toHaveProperty('reset');
    expect(await sync('eve', first.next)).toHaveProperty('reset', true);
  });
});

it('[SY2] tells of a group whose id hashes like that of another', async () => {
  // SHA-256 begins with the same five bytes for both: anybody can find such ids.
  const twins = ['g809799', 'g926115'];
  await makeGroupsOf('hal', twins);
  const { next } = await sync('hal');
  for (const groupId of twins) {
    await say(groupId);
    const changed = await sync('hal', next);
    expect(changed.groups.map((group) => group.groupId)).toContain(groupId);
  }
});

it('[SY4] costs what the rows of its groups cost, and the token little', async () => {
  await makeGroups('fay', 600);
  units.reset();
  const { next } = await syncAll('fay');
  expect([units.read < 1850, units.write]).toEqual([true, 8]);
  units.reset();
  await sync('fay', next);
  expect([units.read < 1850, units.write]).toEqual([true, 0]);
});

it('[SE5] what stands for a group in a token nobody can foretell, nor try out for somebody else', async () => {
  const other = await openService();
  const groupIds = Array.from({ length: 100 }, (_, i) => `group-${i}`);
  const fingerprintsOf = async (of: Cursors, userId: string) =>
    groupIds.map(await of.fingerprints(6, userId));
  const all = await Promise.all([
    fingerprintsOf(cursors, 'ann'),
    fingerprintsOf(cursors, 'bob'),
    fingerprintsOf(new Cursors(other.table), 'ann'),
  ]);
  expect(new Set(all.flat()).size).toBe(300);
  expect(await fingerprintsOf(new Cursors(table), 'ann')).toEqual(all[0]);
});
