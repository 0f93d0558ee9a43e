import { dayMs } from '@seenby/core/day.ts';
import { expect, it } from 'vitest';
import { addMembers } from '../../../functions/members/add-members.ts';
import { removeMember } from '../../../functions/members/remove-member.ts';
import { runMaintenance } from '../../../functions/retention/run-maintenance.ts';
import { readGroupStatistics } from '../../../functions/statistics/read-group-statistics.ts';
import { readOwnStatistics } from '../../../functions/statistics/read-own-statistics.ts';
import { Conversation } from '../../support/service/conversation.ts';

const second = 1000;

async function statistics(talk: Conversation, userId = 'ann') {
  const { groupId, service } = talk;
  const answer = await readGroupStatistics(service, { userId }, { groupId });
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.value;
}

const own = (talk: Conversation, userId: string) => readOwnStatistics(talk.service, userId);

const night = ({ service }: Conversation) =>
  runMaintenance({ service, archive: undefined, remainingMs: () => 900_000 });

const join = ({ service, groupId }: Conversation, userId: string) =>
  addMembers(service, { userId: 'ann' }, { groupId, memberIds: [userId], role: 'member' });

const leave = ({ service, groupId }: Conversation, userId: string) =>
  removeMember(service, { userId }, groupId, userId);

/** Ann says three things, of which bob reads two after ten seconds. */
async function oneDay(talk: Conversation): Promise<void> {
  for (let i = 0; i < 3; i++) await talk.say('ann');
  await talk.read('bob', 2, 10 * second);
}

it('[ST1] a newcomer who reads what is older changes no figure of the days before', async () => {
  const talk = await Conversation.open(['ann', 'bob']);
  await oneDay(talk);
  const before = await statistics(talk);
  talk.wait(dayMs);
  await join(talk, 'cat');
  const { perDay, ...joined } = await statistics(talk);
  const { perDay: _days, ...all } = before;
  expect(joined).toEqual(all);
  await talk.read('cat', 3, 60 * second);
  const { perDay: perDayAfter, ...after } = await statistics(talk);
  expect(after).toEqual(all);
  expect(perDayAfter).toEqual(perDay);
  // What comes from then on is theirs as it is everybody's.
  await talk.say('ann');
  await talk.read('cat', 4, 20 * second);
  expect(await statistics(talk)).toMatchObject({
    ...{
      messages: 4,
      readRate: 3 / 5,
      activeReaders: 2,
      averageReadDelayMs: Math.round(40_000 / 3),
    },
  });
});

it('[ST1] of their first day newcomers are part, and their delays run from when they came', async () => {
  const talk = await Conversation.open(['ann', 'bob']);
  await oneDay(talk);
  talk.wait(3_600_000);
  await join(talk, 'cat');
  expect(await statistics(talk)).toMatchObject({ readRate: 2 / 6, averageReadDelayMs: 10_000 });
  await talk.read('cat', 3, 60 * second);
  expect(await statistics(talk)).toMatchObject({ readRate: 5 / 6, averageReadDelayMs: 40_000 });
});

it('[ST1] days counted by night say the same of a newcomer', async () => {
  const talk = await Conversation.open(['ann', 'bob'], { retentionDays: 3 });
  await oneDay(talk);
  const { perDay: _days, ...before } = await statistics(talk);
  talk.until(1, '09:00');
  await join(talk, 'cat');
  await talk.read('cat', 3);
  talk.until(1, '00:20');
  await night(talk);
  talk.until(4, '00:20');
  await night(talk);
  const { perDay: _later, ...after } = await statistics(talk);
  expect(after).toEqual(before);
});

it("[ST1] a newcomer's own delays run from when they came", async () => {
  const talk = await Conversation.open(['ann', 'bob']);
  await oneDay(talk);
  talk.wait(dayMs);
  await join(talk, 'cat');
  await talk.read('cat', 3, 60 * second);
  expect(await own(talk, 'cat')).toEqual({
    ...{ totalMessages: 3, readMessages: 3, unreadMessages: 0, averageReadDelayMs: 60_000 },
  });
});

it('[ST1] leaving keeps one’s own figures, today, over night, and when one comes back', async () => {
  const talk = await Conversation.open(['ann', 'bob']);
  await oneDay(talk);
  const figures = { totalMessages: 3, readMessages: 2, unreadMessages: 1 };
  expect(await own(talk, 'bob')).toMatchObject(figures);
  await leave(talk, 'bob');
  expect(await own(talk, 'bob')).toMatchObject({ ...figures, averageReadDelayMs: 10_000 });
  await talk.say('ann');
  expect(await own(talk, 'bob')).toMatchObject(figures);
  talk.until(1, '00:20');
  await night(talk);
  expect(await own(talk, 'bob')).toMatchObject({ ...figures, averageReadDelayMs: 10_000 });
  await join(talk, 'bob');
  expect(await own(talk, 'bob')).toMatchObject({ ...figures, averageReadDelayMs: 10_000 });
});

it('[ST1] leaving keeps what one had not read of counted days', async () => {
  const talk = await Conversation.open(['ann', 'bob']);
  await talk.say('ann');
  talk.until(1, '00:20');
  await night(talk);
  await leave(talk, 'bob');
  const figures = { totalMessages: 1, readMessages: 0, unreadMessages: 1 };
  expect(await own(talk, 'bob')).toMatchObject(figures);
  await talk.say('ann');
  talk.until(1, '00:20');
  await night(talk);
  expect(await own(talk, 'bob')).toMatchObject(figures);
});

it('[TR6] a newcomer is told nothing of messages that are older than what they see', async () => {
  const talk = await Conversation.open(['ann', 'bob'], { historyForNewMembers: 1 });
  await oneDay(talk);
  talk.wait(second);
  await join(talk, 'cat');
  expect(await statistics(talk, 'cat')).toMatchObject({
    ...{ messages: 1, readRate: 0, activeReaders: 0, averageReadDelayMs: null },
  });
});

it('[TR6] a newcomer is told nothing of counted days from before they came', async () => {
  const talk = await Conversation.open(['ann', 'bob'], {
    retentionDays: 2,
    historyForNewMembers: 1,
  });
  const from = talk.opened.time.now;
  for (let day = 0; day < 3; day++) {
    await oneDay(talk);
    talk.until(1, '00:20');
    await night(talk);
  }
  await join(talk, 'cat');
  talk.until(3, '00:20');
  await night(talk);
  talk.until(1, '00:20');
  const { groupId, service } = talk;
  const ask = async (userId: string) => {
    const answer = await readGroupStatistics(service, { userId }, { groupId, from });
    return answer.ok && answer.value.perDay.filter(({ messages }) => messages > 0).length;
  };
  expect([await ask('ann'), await ask('cat')]).toEqual([3, 0]);
});
