import { dayMs } from '@seenby/core/day.ts';
import { describe, expect, it } from 'vitest';
import { updateGroup } from '../../../functions/groups/update-group.ts';
import { addMembers } from '../../../functions/members/add-members.ts';
import { changeRole } from '../../../functions/members/change-role.ts';
import { removeMember } from '../../../functions/members/remove-member.ts';
import { changeReadReceipts } from '../../../functions/receipts/change-read-receipts.ts';
import {
  listMemberStatistics,
  type MemberStatisticsQuery,
} from '../../../functions/statistics/list-member-statistics.ts';
import { readGroupStatistics } from '../../../functions/statistics/read-group-statistics.ts';
import { Cursors } from '../../../functions/store/cursors.ts';
import { Conversation } from '../../support/service/conversation.ts';

const second = 1000;
const team = ['ann', 'bob', 'cat', 'dan'];

const ask = (
  { service, opened, groupId }: Conversation,
  userId: string,
  query: Partial<MemberStatisticsQuery> = {},
) => listMemberStatistics(service, new Cursors(opened.table), { userId }, { groupId, ...query });

async function statistics(talk: Conversation, query: Partial<MemberStatisticsQuery> = {}) {
  const answer = await ask(talk, 'ann', query);
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.value;
}

const codeFor = async (talk: Conversation, userId: string) => {
  const answer = await ask(talk, userId);
  return answer.ok ? 'OK' : answer.problem.code;
};

/** Ann says two things; Bob reads the first after 10 s, both after 60 s; Cat reads the first after 30 s. */
async function morning(talk: Conversation): Promise<void> {
  await talk.say('ann');
  await talk.read('bob', 1, 10 * second);
  await talk.read('cat', 1, 20 * second);
  await talk.say('ann');
  await talk.read('bob', 2, 60 * second);
}

const nothing = { messages: 0, read: 0, readRate: 0, averageReadDelayMs: null };
const unread = (messages: number) => ({ ...nothing, messages });

describe('[ST1] statistics of the members', () => {
  it('say how each reads what others write', async () => {
    const talk = await Conversation.open(team);
    await morning(talk);
    const now = talk.opened.time.now;
    const { members, next } = await statistics(talk);
    expect(next).toBe(null);
    const bob = { messages: 2, read: 2, readRate: 1, averageReadDelayMs: 35 * second };
    const cat = { messages: 2, read: 1, readRate: 0.5, averageReadDelayMs: 30 * second };
    expect(members).toEqual([
      { userId: 'ann', ...nothing },
      { userId: 'bob', ...bob, lastReadAt: now },
      { userId: 'cat', ...cat, lastReadAt: now - 60 * second },
      { userId: 'dan', ...unread(2) },
    ]);
  });

  it('are of the span asked for, and those of the group taken apart', async () => {
    const talk = await Conversation.open(team);
    await morning(talk);
    talk.wait(dayMs);
    const from = talk.opened.time.now;
    await talk.say('bob');
    await talk.read('dan', 3, second);
    const query = { from, to: from + dayMs };
    const { members } = await statistics(talk, query);
    expect(members.map(({ messages }) => messages)).toEqual([1, 0, 1, 1]);
    const { groupId, service } = talk;
    for (const span of [{}, query]) {
      const ofGroup = await readGroupStatistics(service, { userId: 'ann' }, { groupId, ...span });
      const parts = (await statistics(talk, span)).members;
      const sum = (key: 'messages' | 'read') => parts.reduce((all, part) => all + part[key], 0);
      expect(ofGroup).toMatchObject({ value: { readRate: sum('read') / sum('messages') } });
    }
  });

  it('are of who is in now, and of newcomers from the day on that they came', async () => {
    const talk = await Conversation.open(team);
    const { service, groupId } = talk;
    await morning(talk);
    await removeMember(service, { userId: 'ann' }, groupId, 'bob');
    talk.wait(dayMs);
    const joining = { groupId, memberIds: ['eve'], role: 'member' } as const;
    await addMembers(service, { userId: 'ann' }, joining);
    await talk.read('eve', 2, second);
    await talk.say('ann');
    const { members } = await statistics(talk);
    expect(members.map(({ userId, messages, read }) => [userId, messages, read])).toEqual([
      ['ann', 0, 0],
      ['cat', 3, 1],
      ['dan', 3, 0],
      ['eve', 1, 0],
    ]);
  });

  it('[SE5] come in pages, each of which counts its own members only', async () => {
    const talk = await Conversation.open(team);
    await morning(talk);
    const { members } = await statistics(talk);
    const first = await statistics(talk, { limit: 3 });
    const rest = await statistics(talk, { limit: 3, cursor: first.next ?? '' });
    expect([...first.members, ...rest.members]).toEqual(members);
    const other = await ask(talk, 'ann', { from: 5, cursor: first.next ?? '' });
    expect(other).toMatchObject({ problem: { code: 'BAD_CURSOR' } });
  });

  it('[TR3] are for owner and admins, where they see all receipts', async () => {
    const talk = await Conversation.open(team);
    const { service, groupId } = talk;
    await changeRole(service, { userId: 'ann' }, { groupId, userId: 'bob', role: 'admin' });
    const codes = async () =>
      Promise.all(['ann', 'bob', 'cat', 'eve'].map((id) => codeFor(talk, id)));
    const [no, none] = ['FORBIDDEN', 'NOT_FOUND'];
    expect(await codes()).toEqual(['OK', 'OK', no, none]);
    await updateGroup(service, { userId: 'ann' }, groupId, { visibility: 'admins' });
    expect(await codes()).toEqual(['OK', 'OK', no, none]);
    await updateGroup(service, { userId: 'ann' }, groupId, { visibility: 'sender' });
    expect(await codes()).toEqual([no, no, no, none]);
  });
});

it('[TR1] [TR6] of what was read while tracking was positions members’ statistics tell no time', async () => {
  const talk = await Conversation.open(['ann', 'bob']);
  const { service, groupId } = talk;
  await talk.say('ann');
  await talk.say('ann');
  await talk.read('bob', 1, 7 * second);
  const track = (tracking: 'positions' | 'receipts') =>
    updateGroup(service, { userId: 'ann' }, groupId, { tracking });
  talk.wait(second);
  await track('positions');
  await talk.read('bob', 2, 60 * second);
  expect(await codeFor(talk, 'ann')).toBe('FORBIDDEN');
  talk.wait(second);
  await track('receipts');
  const [, bob] = (await statistics(talk)).members;
  expect(bob).toEqual({
    ...{ userId: 'bob', messages: 2, read: 2, readRate: 1, averageReadDelayMs: 7 * second },
  });
});

it('[TR4] [TR6] of what a direct chat hides members’ statistics tell nothing', async () => {
  const talk = await Conversation.open(['ann', 'bob'], { kind: 'direct' });
  await talk.say('ann');
  await talk.read('bob', 1, second);
  await changeReadReceipts(talk.service, 'bob', { readReceipts: false });
  const before = await statistics(talk);
  expect(before.members[1]).toEqual({ userId: 'bob', ...unread(1) });
  await talk.say('ann');
  const unreadBoth = await statistics(talk);
  await talk.read('bob', 2, second);
  expect(await statistics(talk)).toEqual(unreadBoth);
});
