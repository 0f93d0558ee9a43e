import { expect, it } from 'vitest';
import { createGroup } from '../../functions/groups/create-group.ts';
import { addMembers } from '../../functions/members/add-members.ts';
import { removeMember } from '../../functions/members/remove-member.ts';
import { groupKey } from '../../functions/store/dynamodb/keys.ts';
import { Conversation } from '../support/service/conversation.ts';

const owner = { userId: 'owner' };
const groupId = 'team';
const tooMany = { ok: false, problem: { code: 'TOO_MANY' } };
const names = (count: number) => Array.from({ length: count }, (_, i) => `member-${i}`);

async function presentIn({ service }: Conversation): Promise<number> {
  return (await service.members.presentIn(groupId)).length;
}

it('a group is not made with more than 5,000 members, its owner included', async () => {
  const talk = await Conversation.open(['owner']);
  const made = await createGroup(talk.service, owner, {
    ...{ groupId: 'more', name: 'More', kind: 'group', tracking: 'receipts' },
    ...{ visibility: 'members', historyForNewMembers: 100, memberIds: names(5000) },
  });
  expect(made).toMatchObject(tooMany);
});

it('has 5,000 members at most, however many are added at once; who leaves frees a place', async () => {
  const talk = await Conversation.open(['owner', ...names(4990)]);
  const add = (...memberIds: string[]) =>
    addMembers(talk.service, owner, { groupId, memberIds, role: 'member' });
  const added = await Promise.all(Array.from({ length: 15 }, (_, i) => add(`late-${i}`)));
  expect(added.filter(({ ok }) => ok)).toHaveLength(9);
  expect(added.find(({ ok }) => !ok)).toMatchObject(tooMany);
  expect(await presentIn(talk)).toBe(5000);
  expect((await removeMember(talk.service, owner, groupId, 'member-1')).ok).toBe(true);
  expect(await add('member-1', 'one-more')).toMatchObject(tooMany);
  expect((await add('member-1')).ok).toBe(true);
  expect(await add('one-more')).toMatchObject(tooMany);
  expect(await presentIn(talk)).toBe(5000);
});

it('counts somebody whom two add at the same moment once', async () => {
  const talk = await Conversation.open(['owner', ...names(4997)]);
  const add = (userId: string) =>
    addMembers(talk.service, owner, { groupId, memberIds: [userId], role: 'member' });
  await Promise.all([add('both'), add('both')]);
  expect((await add('last')).ok).toBe(true);
  expect(await add('over')).toMatchObject(tooMany);
  expect(await presentIn(talk)).toBe(5000);
});

/** What is left of an attempt to add members that died before it wrote a row. */
const dieAdding = (talk: Conversation, places: number) =>
  talk.service.groups.takeOrdinals(
    { groupId, userId: 'owner', minRole: 'owner' },
    { count: places, places, at: talk.opened.time.now },
  );

it('has the places back that an attempt to add members had taken when it died', async () => {
  const talk = await Conversation.open(['owner']);
  const add = (userId: string) =>
    addMembers(talk.service, owner, { groupId, memberIds: [userId], role: 'member' });
  await dieAdding(talk, 4999);
  // For all that is known it is still at work.
  expect(await add('bob')).toMatchObject(tooMany);
  talk.wait(60_000);
  expect((await add('bob')).ok).toBe(true);
  expect((await add('carol')).ok).toBe(true);
  expect(await presentIn(talk)).toBe(3);
});

it('does not have a place back twice when members are counted while one leaves', async () => {
  const talk = await Conversation.open(['owner', 'bob']);
  const { groups } = talk.service;
  const leftAt = talk.opened.time.now;
  await dieAdding(talk, 4000);
  talk.wait(60_000);
  const countMembers = () => presentIn(talk);
  expect(await groups.freeLostPlaces(groupId, talk.opened.time.now, countMembers)).toBe(true);
  // Whoever began to leave before the count gives the place back after it.
  await groups.givePlacesBack(groupId, 1, leftAt);
  expect(await talk.opened.table.get(groupKey(groupId))).toMatchObject({ places: 2 });
  await groups.givePlacesBack(groupId, 1, talk.opened.time.now + 2000);
  expect(await talk.opened.table.get(groupKey(groupId))).toMatchObject({ places: 1 });
});

it('takes all of those that are added, or none, however many they are', async () => {
  const talk = await Conversation.open(['owner', ...names(4599)]);
  const memberIds = Array.from({ length: 500 }, (_, i) => `late-${i}`);
  const add = (count: number) =>
    addMembers(talk.service, owner, {
      groupId,
      memberIds: memberIds.slice(0, count),
      role: 'member',
    });
  expect(await add(500)).toMatchObject(tooMany);
  expect(await presentIn(talk)).toBe(4600);
  expect((await add(400)).ok).toBe(true);
  expect(await presentIn(talk)).toBe(5000);
});
