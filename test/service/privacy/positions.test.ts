import { beforeEach, describe, expect, it } from 'vitest';
import { changeReadReceipts } from '../../../functions/receipts/change-read-receipts.ts';
import { listPositions } from '../../../functions/receipts/list-positions.ts';
import { markOneGroup } from '../../../functions/receipts/mark-messages.ts';
import { Cursors } from '../../../functions/store/cursors.ts';
import { Conversation } from '../../support/service/conversation.ts';

let talk: Conversation;

beforeEach(async () => {
  talk = await Conversation.open(['ann', 'bob'], { kind: 'direct' });
  for (let i = 0; i < 3; i++) await talk.say('ann');
});

async function shownTo(viewerId: string) {
  const { service, opened, groupId } = talk;
  const cursors = new Cursors(opened.table);
  const answer = await listPositions(service, cursors, { userId: viewerId }, { groupId });
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.value;
}

const setReceipts = (readReceipts: boolean) =>
  changeReadReceipts(talk.service, 'bob', { readReceipts });

const ofBob = async (viewerId = 'ann') =>
  (await shownTo(viewerId)).members.find(({ userId }) => userId === 'bob');

describe('[TR4] [TR6] in a direct chat positions tell nothing', () => {
  it('of what is read with receipts off, then or later', async () => {
    await talk.read('bob', 1, 1000);
    const shown = await ofBob();
    expect(shown).toMatchObject({ readSeq: 1, lastReadAt: talk.opened.time.now });
    await setReceipts(false);
    const none = await shownTo('ann');
    expect(await ofBob()).toEqual({ userId: 'bob', readSeq: 0, deliveredSeq: 1 });
    await talk.read('bob', 3, 1000);
    expect(await shownTo('ann')).toEqual(none);
    await setReceipts(true);
    expect(await ofBob()).toEqual(shown);
  });

  it('to who has receipts off themselves', async () => {
    await talk.say('bob');
    await talk.read('ann', 4, 1000);
    await setReceipts(false);
    const { members } = await shownTo('bob');
    expect(members.map(({ userId, readSeq }) => [userId, readSeq])).toEqual([
      ['ann', 3],
      ['bob', 0],
    ]);
    expect(members.some((member) => 'lastReadAt' in member)).toBe(false);
  });
});

it('[TR6] a mark in a group with positions shows nobody a name, as one with receipts does', async () => {
  const nameAfterMark = async (groupId: string, tracking: 'positions' | 'receipts') => {
    const team = await Conversation.begin(talk.opened, groupId, ['ann', 'bob'], { tracking });
    const upTo = await team.say('ann');
    await markOneGroup(team.service, { userId: 'bob', name: 'Bob' }, 'read', { groupId, upTo });
    return (await team.service.members.get(groupId, 'bob'))?.name;
  };
  expect(await nameAfterMark('private', 'positions')).toBeUndefined();
  expect(await nameAfterMark('open', 'receipts')).toBe('Bob');
});

it('[RD3] the time of the last read outlives its receipt event in the row', async () => {
  const team = await Conversation.begin(talk.opened, 'team-1', ['ann', 'bob']);
  talk = team;
  await team.read('bob', await team.say('ann'), 1000);
  const { lastReadAt } = (await ofBob()) ?? {};
  for (const seq of [2, 3]) {
    team.wait(600_000);
    await team.say('ann');
    const delivered = { groupId: team.groupId, upTo: seq };
    await markOneGroup(team.service, { userId: 'bob' }, 'delivered', delivered);
  }
  expect(await ofBob()).toEqual({ userId: 'bob', readSeq: 1, deliveredSeq: 3, lastReadAt });
  await team.read('bob', 3, 1000);
  expect(await ofBob()).toMatchObject({ readSeq: 3, lastReadAt: team.opened.time.now });
});

it('[RT1] an expired time of reading is told to nobody', async () => {
  const team = await Conversation.begin(talk.opened, 'team-2', ['ann', 'bob']);
  talk = team;
  await team.read('bob', await team.say('ann'), 1000);
  expect(await ofBob()).toHaveProperty('lastReadAt');
  team.wait(32 * 86_400_000);
  expect(await ofBob()).toEqual({ userId: 'bob', readSeq: 1, deliveredSeq: 1 });
});

it('[CT6] costs the membership and the rows of the group once', async () => {
  const { units } = talk.opened;
  await shownTo('ann');
  units.reset();
  await shownTo('ann');
  // The settings of the two are asked for twice.
  const [batch, query] = ['BatchGetItemCommand', 'QueryCommand'];
  expect(units.requests).toEqual([batch, query, batch, batch]);
});
