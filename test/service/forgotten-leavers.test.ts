import { newMember } from '@seenby/core/members/member.ts';
import { expect, it } from 'vitest';
import { addMembers } from '../../functions/members/add-members.ts';
import { countReceipts } from '../../functions/receipts/count-receipts.ts';
import { rollUpGroup } from '../../functions/statistics/roll-up-group.ts';
import { Conversation } from '../support/service/conversation.ts';

const groupId = 'team';
const ann = { userId: 'ann' };

/** A thousand who had read the first message and left. */
async function withLeavers(): Promise<Conversation> {
  const talk = await Conversation.open(['ann', 'bob'], { retentionDays: 2 });
  await talk.say('ann');
  await talk.service.groups.takeOrdinals(
    { groupId, userId: 'ann', minRole: 'owner' },
    { count: 1000, places: 1000, at: 0 },
  );
  await talk.service.groups.givePlacesBack(groupId, 1000, 0);
  const leavers = Array.from({ length: 1000 }, (_, i) => ({
    ...newMember({ userId: `gone-${i}`, role: 'member', ordinal: i + 3, from: 1, joinedAt: 0 }),
    left: true,
    read: [{ from: 1, to: 1 }],
    version: 3,
  }));
  await talk.service.members.insertAll(groupId, leavers);
  return talk;
}

async function counts({ service, opened }: Conversation, seq: number) {
  opened.units.reset();
  const counted = await countReceipts(service, ann, { groupId, from: seq, to: seq });
  if (!counted.ok) throw new Error(counted.problem.message);
  return { ...counted.value, units: opened.units.read };
}

it('[CT9] [CT2] leavers stay while what they read can be asked for, and then cost nothing', async () => {
  const talk = await withLeavers();
  talk.until(1, '10:00');
  await rollUpGroup(talk.service, groupId);
  const while_ = await counts(talk, 1);
  expect(while_.counts).toMatchObject([{ readCount: 1001, totalCount: 1002 }]);
  for (let day = 0; day < 7; day++) {
    talk.until(1, '10:00');
    await talk.say('ann');
  }
  const { lastSeq = 0 } = (await talk.service.groups.get(groupId)) ?? {};
  const before = await counts(talk, lastSeq);
  await rollUpGroup(talk.service, groupId);
  const after = await counts(talk, lastSeq);
  expect(after.counts).toEqual(before.counts);
  expect(after.version).toBeGreaterThanOrEqual(before.version);
  expect(before.units).toBeGreaterThan(20);
  // One more than a young group's: a group that had a thousand keeps its newest counts.
  expect(after.units).toBeLessThanOrEqual(4);
  expect(await talk.service.members.ofGroup(groupId, 'strong')).toHaveLength(3);
  await rollUpGroup(talk.service, groupId);
  expect((await counts(talk, lastSeq)).version).toBe(after.version);
});

it('[CT9] who comes back after that begins anew, under a number that nobody had', async () => {
  const talk = await withLeavers();
  for (let day = 0; day < 7; day++) {
    talk.until(1, '10:00');
    await talk.say('ann');
  }
  await rollUpGroup(talk.service, groupId);
  const request = { groupId, memberIds: ['gone-7'], role: 'member' as const };
  expect((await addMembers(talk.service, ann, request)).ok).toBe(true);
  const row = await talk.service.members.get(groupId, 'gone-7');
  expect(row).toMatchObject({ ordinal: 1003, left: false, read: [] });
});
