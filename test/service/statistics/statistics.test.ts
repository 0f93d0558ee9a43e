import { dayMs } from '@seenby/core/day.ts';
import { describe, expect, it } from 'vitest';
import { removeMember } from '../../../functions/members/remove-member.ts';
import { recallMessage } from '../../../functions/messages/recall-message.ts';
import { runMaintenance } from '../../../functions/retention/run-maintenance.ts';
import { readGroupStatistics } from '../../../functions/statistics/read-group-statistics.ts';
import { readOwnStatistics } from '../../../functions/statistics/read-own-statistics.ts';
import { Conversation } from '../../support/service/conversation.ts';

const second = 1000;

async function statistics(
  talk: Conversation,
  query: { from?: number; to?: number } = {},
  userId = 'ann',
) {
  const { groupId, service } = talk;
  const answer = await readGroupStatistics(service, { userId }, { groupId, ...query });
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.value;
}

const night = ({ service }: Conversation) =>
  runMaintenance({ service, archive: undefined, remainingMs: () => 900_000 });

/** Ann says two things; Bob reads the first after 10 s, both after 60 s; Cat reads the first after 30 s. */
async function morning(talk: Conversation): Promise<void> {
  const first = await talk.say('ann');
  await talk.read('bob', first, 10 * second);
  await talk.read('cat', first, 20 * second);
  const second_ = await talk.say('ann');
  await talk.read('bob', second_, 60 * second);
}

const ofMorning = {
  messages: 2,
  // Bob read both, Cat one of two, Dan none; Ann's own do not count.
  readRate: 3 / 6,
  averageReadDelayMs: Math.round((10_000 + 30_000 + 60_000) / 3),
  medianReadDelayMs: 30_000,
  activeReaders: 2,
};

const team = ['ann', 'bob', 'cat', 'dan'];

describe('[ST1] the statistics of a group', () => {
  it('are counted from the receipts, by the day of the message', async () => {
    const talk = await Conversation.open(team);
    await morning(talk);
    talk.until(1, '08:00');
    await talk.read('dan', 2);
    const third = await talk.say('bob');
    await talk.read('ann', third, 5 * second);

    const { perDay, ...all } = await statistics(talk);
    expect(perDay.map(({ day }) => day)).toEqual(
      ['10', '11', '12', '13', '14', '15', '16'].map((day) => `2026-01-${day}`),
    );
    expect(perDay[0]).toEqual({
      ...{ day: '2026-01-10', messages: 0, readRate: 0, activeReaders: 0 },
      ...{ averageReadDelayMs: null, medianReadDelayMs: null },
    });
    const [yesterday, today] = perDay.slice(-2);
    expect(yesterday).toMatchObject({ messages: 2, readRate: 5 / 6, activeReaders: 3 });
    expect(today).toEqual({
      ...{ day: '2026-01-16', messages: 1, readRate: 1 / 3, activeReaders: 1 },
      ...{ averageReadDelayMs: 5000, medianReadDelayMs: 5000 },
    });
    expect(all).toMatchObject({ messages: 3, readRate: 6 / 9, activeReaders: 4 });
  });

  it('follow every read at once, and are those of the span asked for', async () => {
    const talk = await Conversation.open(team);
    const from = talk.opened.time.now;
    await morning(talk);
    expect(await statistics(talk)).toMatchObject(ofMorning);
    const to = talk.opened.time.now;
    talk.wait(second);
    await talk.say('ann');
    const { perDay, ...first } = await statistics(talk, { from, to });
    expect(first).toEqual(ofMorning);
    expect(perDay).toEqual([{ day: '2026-01-15', ...ofMorning }]);
    const later = await statistics(talk, { from: to + 1 });
    expect(later).toMatchObject({ messages: 1, readRate: 0, averageReadDelayMs: null });
  });

  it('leave out what was recalled, and keep of a leaver what they had read', async () => {
    const talk = await Conversation.open(team);
    await morning(talk);
    await recallMessage(talk.service, { userId: 'ann' }, talk.groupId, 2);
    await removeMember(talk.service, { userId: 'ann' }, talk.groupId, 'bob');
    await removeMember(talk.service, { userId: 'ann' }, talk.groupId, 'dan');
    expect(await statistics(talk)).toMatchObject({
      ...{ messages: 1, readRate: 2 / 2, activeReaders: 2 },
      ...{ averageReadDelayMs: 20_000, medianReadDelayMs: 20_000 },
    });
  });

  it('stay when the receipts are gone, as they were at the end', async () => {
    const talk = await Conversation.open(team, { retentionDays: 2 });
    const from = talk.opened.time.now;
    await morning(talk);
    talk.until(1, '00:20');
    await night(talk);
    // Within retention reading goes on counting, and the last count sees it.
    talk.until(1, '12:00');
    await talk.read('dan', 1);
    const visible = await statistics(talk, { from });
    expect(visible).toMatchObject({ messages: 2, readRate: 4 / 6, activeReaders: 3 });
    talk.until(1, '00:20');
    await night(talk);
    talk.until(8, '09:00');
    const { perDay, ...gone } = await statistics(talk, { from, to: from + dayMs });
    const { perDay: perDayBefore, ...before } = visible;
    expect(gone).toEqual(before);
    expect(perDay[0]).toEqual(perDayBefore[0]);
  });

  it('[TR1] [TR3] [SE2] are for those who see all receipts', async () => {
    const talk = await Conversation.open(team, { visibility: 'admins' });
    await talk.say('ann');
    const ask = async (userId: string, groupId = talk.groupId) => {
      const answer = await readGroupStatistics(talk.service, { userId }, { groupId });
      return answer.ok ? 'OK' : answer.problem.code;
    };
    expect(await ask('ann')).toBe('OK');
    expect(await ask('bob')).toBe('FORBIDDEN');
    expect(await ask('eve')).toBe('NOT_FOUND');
    expect(await ask('ann', 'nothing')).toBe('NOT_FOUND');
    const quiet = await Conversation.begin(talk.opened, 'quiet', team, { tracking: 'positions' });
    expect(await ask('ann', quiet.groupId)).toBe('FORBIDDEN');
  });

  it('[TR4] say nothing of a reading that is hidden in a direct chat', async () => {
    const talk = await Conversation.open(['ann', 'bob'], { kind: 'direct' });
    const seq = await talk.say('ann');
    await talk.read('bob', seq, second);
    expect(await statistics(talk)).toMatchObject({ readRate: 1, averageReadDelayMs: second });
    await talk.service.settings.change('ann', { readReceipts: false });
    expect(await statistics(talk)).toMatchObject({ readRate: 0, averageReadDelayMs: null });
  });

  it.each([
    [{ from: 2000, to: 1000 }],
    [{ from: 9e15 }],
    [{ from: 0 }],
    [{ from: 1, to: 31 * dayMs + 2 }],
  ])('refuse the span %o', async (span) => {
    const talk = await Conversation.open(['ann', 'bob']);
    await expect(statistics(talk, span)).rejects.toThrow('BAD_REQUEST');
  });
});

describe('[ST1] the statistics of a user', () => {
  const own = (talk: Conversation, userId: string) => readOwnStatistics(talk.service, userId);

  it('are of the messages of others, today and counted days together', async () => {
    const talk = await Conversation.open(team);
    await morning(talk);
    const ofBob = {
      totalMessages: 2,
      readMessages: 2,
      unreadMessages: 0,
      averageReadDelayMs: 35_000,
    };
    expect(await own(talk, 'bob')).toEqual(ofBob);
    talk.until(1, '00:10');
    expect(await own(talk, 'bob')).toEqual(ofBob);
    talk.until(0, '00:20');
    await night(talk);
    expect(await own(talk, 'bob')).toEqual(ofBob);
    expect(await own(talk, 'ann')).toMatchObject({ totalMessages: 0, averageReadDelayMs: null });
    const other = await Conversation.begin(talk.opened, 'other', ['dan', 'bob']);
    await other.say('dan');
    await talk.say('cat');
    expect(await own(talk, 'bob')).toEqual({ ...ofBob, totalMessages: 4, unreadMessages: 2 });
    expect(await own(talk, 'nobody')).toMatchObject({ totalMessages: 0 });
  });

  it('follow late reads and recalls of counted days at once, as the next night counts them', async () => {
    const talk = await Conversation.open(team);
    await morning(talk);
    const third = await talk.say('ann');
    talk.until(1, '00:20');
    await night(talk);
    expect(await own(talk, 'cat')).toMatchObject({ totalMessages: 3, readMessages: 1 });
    talk.until(0, '10:00');
    await recallMessage(talk.service, { userId: 'ann' }, talk.groupId, third);
    await talk.read('cat', 2);
    await talk.read('dan', 1);
    const users = ['ann', 'bob', 'cat', 'dan'];
    const ofEach = () => Promise.all(users.map((userId) => own(talk, userId)));
    const atOnce = await ofEach();
    expect(atOnce.map(({ unreadMessages }) => unreadMessages)).toEqual([0, 0, 0, 1]);
    const delays = [30_000, talk.opened.time.now - Date.UTC(2026, 0, 15, 9, 0, 30)];
    expect(atOnce[2]).toMatchObject({
      ...{ totalMessages: 2, readMessages: 2 },
      averageReadDelayMs: Math.round(delays.reduce((a, b) => a + b) / 2),
    });
    talk.until(1, '00:20');
    await night(talk);
    expect(await ofEach()).toEqual(atOnce);
  });

  it('go back thirty days, and days that are gone keep what had been read', async () => {
    const talk = await Conversation.open(team, { retentionDays: 2 });
    await morning(talk);
    talk.until(1, '00:20');
    await night(talk);
    talk.until(14, '12:00');
    await talk.say('ann');
    talk.until(1, '00:20');
    await night(talk);
    expect(await own(talk, 'cat')).toMatchObject({ totalMessages: 3, readMessages: 1 });
    talk.until(13, '23:00');
    expect(await own(talk, 'cat')).toMatchObject({ totalMessages: 3, readMessages: 1 });
    talk.until(1, '00:00');
    expect(await own(talk, 'cat')).toMatchObject({ totalMessages: 1, readMessages: 0 });
  });

  it('do not count twice what is counted again', async () => {
    const talk = await Conversation.open(team);
    await morning(talk);
    talk.until(1, '00:20');
    await night(talk);
    const once = await own(talk, 'cat');
    talk.until(0, '10:00');
    await talk.read('cat', 2);
    talk.until(1, '00:20');
    await night(talk);
    await talk.noteActivity();
    await night(talk);
    expect(await own(talk, 'cat')).toMatchObject({
      ...once,
      readMessages: 2,
      unreadMessages: 0,
      averageReadDelayMs: expect.any(Number),
    });
  });
});
