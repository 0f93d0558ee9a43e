import { beforeEach, expect, it } from 'vitest';
import { addMembers } from '../../../functions/members/add-members.ts';
import { recallMessage } from '../../../functions/messages/recall-message.ts';
import { remindUnread } from '../../../functions/messages/remind-unread.ts';
import { Cursors } from '../../../functions/store/cursors.ts';
import { listUnread } from '../../../functions/sync/list-unread.ts';
import { readStatuses } from '../../../functions/sync/read-statuses.ts';
import { syncChanges } from '../../../functions/sync/sync-changes.ts';
import { Conversation } from '../../support/service/conversation.ts';
import { meanwhile } from '../../support/service/meanwhile.ts';

const minutes = 60_000;
let talk: Conversation;

beforeEach(async () => {
  talk = await Conversation.open(['ann', 'bob', 'cat']);
});

/** Whom a reminder tells at once. */
async function remind(seq: number, userId = 'ann', userIds?: string[]) {
  const { service, groupId } = talk;
  const reminded = await remindUnread(service, { userId }, groupId, { seq, userIds });
  if (!reminded.ok) return { refused: reminded.problem.code };
  const told = reminded.pushes.flatMap((push) => (push.to === 'users' ? push.userIds : []));
  return { ...reminded.value, told };
}

/** The seqs of which a member is reminded, by every answer that has them. */
async function remindersOf(userId: string): Promise<number[]> {
  const { service, groupId, opened } = talk;
  const listed = (await listUnread(service, userId, 'strong')).groups[0];
  const { groups } = await readStatuses(service, userId, [groupId]);
  const sync = await syncChanges(service, new Cursors(opened.table), { userId }, undefined);
  const synced = sync.ok ? sync.value.groups[0] : undefined;
  expect(groups[0]?.reminders).toEqual(listed?.reminders);
  expect(synced?.reminders).toEqual(listed?.reminders);
  return (listed?.reminders ?? []).map(({ seq }) => seq);
}

it('[SE9] sixty reminders for sixty messages reach a reader once in five minutes', async () => {
  for (let i = 0; i < 60; i++) await talk.say('ann');
  expect(await remind(1)).toEqual({ reminded: 2, reached: 0, told: ['bob', 'cat'] });
  for (let seq = 2; seq <= 60; seq++) {
    expect(await remind(seq)).toEqual({ reminded: 2, reached: 0, told: [] });
  }
  expect(await remindersOf('bob')).toHaveLength(60);
  talk.wait(5 * minutes);
  expect(await remind(2)).toMatchObject({ told: ['bob', 'cat'] });
});

it('[SE9] whoever was not told before is told: who had read the other message, or came since', async () => {
  await talk.say('ann');
  await talk.read('cat', 1);
  await talk.say('ann');
  expect(await remind(1)).toMatchObject({ told: ['bob'] });
  talk.wait(1);
  const eve = { groupId: talk.groupId, memberIds: ['eve'], role: 'member' } as const;
  await addMembers(talk.service, { userId: 'ann' }, eve);
  expect(await remind(2)).toMatchObject({ reminded: 3, told: ['cat', 'eve'] });
});

it('[SE9] whoever has read what they were told of is told again', async () => {
  for (let i = 0; i < 3; i++) await talk.say('ann');
  expect(await remind(1)).toMatchObject({ told: ['bob', 'cat'] });
  await talk.read('bob', 1);
  expect(await remind(2)).toMatchObject({ told: ['bob'] });
  expect(await remind(3)).toMatchObject({ told: [] });
});

it('[SE9] other groups have budgets of their own', async () => {
  const other = await Conversation.begin(talk.opened, 'other', ['ann', 'bob']);
  await talk.say('ann');
  await other.say('ann');
  expect(await remind(1)).toMatchObject({ told: ['bob', 'cat'] });
  talk = other;
  expect(await remind(1)).toMatchObject({ told: ['bob'] });
});

it('[SE9] says how many connections are told now', async () => {
  const { service, opened } = talk;
  for (const connectionId of ['one', 'two']) {
    await service.connections.add({ userId: 'bob', connectionId }, opened.time.now + minutes);
  }
  await talk.say('ann');
  await talk.say('ann');
  expect(await remind(1)).toMatchObject({ reminded: 2, reached: 2 });
  expect(await remind(2)).toMatchObject({ reminded: 2, reached: 0 });
});

it('[PU1] reminders stand in the status of the group until their messages are read or recalled', async () => {
  for (let i = 0; i < 4; i++) await talk.say('ann');
  for (const seq of [1, 2, 4]) await remind(seq);
  expect(await remindersOf('bob')).toEqual([1, 2, 4]);
  const { groups } = await listUnread(talk.service, 'bob', 'strong');
  expect(groups[0]?.reminders?.[0]).toEqual({
    ...{ seq: 1, fromUserId: 'ann', at: talk.opened.time.now },
  });
  await talk.read('bob', 1);
  await recallMessage(talk.service, { userId: 'ann' }, talk.groupId, 2);
  expect([await remindersOf('bob'), await remindersOf('cat')]).toEqual([[4], [1, 4]]);
  await talk.read('bob', 4);
  expect([await remindersOf('bob'), await remindersOf('ann')]).toEqual([[], []]);
});

it('[TR5] two at once are both noted, and tell a reader once', async () => {
  await talk.say('ann');
  await talk.say('ann');
  const { documents } = talk.opened;
  const second: unknown[] = [];
  const other = async () => void second.push(await remind(2));
  const { answer, came } = await meanwhile(documents, 0, other, () => remind(1));
  expect([came, second, answer]).toEqual([
    true,
    [{ reminded: 2, reached: 0, told: ['bob', 'cat'] }],
    { reminded: 2, reached: 0, told: [] },
  ]);
  expect(await remindersOf('cat')).toEqual([2, 1]);
  expect(await remind(1)).toEqual({ refused: 'RATE_LIMITED' });
});
