import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, it } from 'vitest';
import { remindUnread } from '../../../functions/messages/remind-unread.ts';
import { Cursors } from '../../../functions/store/cursors.ts';
import { remindersKey } from '../../../functions/store/dynamodb/keys.ts';
import { listUnread } from '../../../functions/sync/list-unread.ts';
import { readStatuses } from '../../../functions/sync/read-statuses.ts';
import { syncChanges } from '../../../functions/sync/sync-changes.ts';
import { Conversation } from '../../support/service/conversation.ts';
import { itemSize } from '../../support/service/item-size.ts';
import { meanwhile } from '../../support/service/meanwhile.ts';

const minutes = 60_000;
let talk: Conversation;

beforeEach(async () => {
  talk = await Conversation.open(['ann', 'bob', 'cat', 'dan']);
  await talk.say('ann');
  await talk.say('ann');
});

async function remind(seq: number, userIds?: string[]) {
  const { service, groupId } = talk;
  const reminded = await remindUnread(service, { userId: 'ann' }, groupId, { seq, userIds });
  if (!reminded.ok) return reminded.problem.code;
  return reminded.pushes.flatMap((push) => (push.to === 'users' ? push.userIds : []));
}

/** By every answer that has them. */
async function remindersOf(userId: string): Promise<number[]> {
  const { service, groupId, opened } = talk;
  const listed = (await listUnread(service, userId, 'strong')).groups[0];
  const { groups } = await readStatuses(service, userId, [groupId]);
  const sync = await syncChanges(service, new Cursors(opened.table), { userId }, undefined);
  expect(groups[0]?.reminders).toEqual(listed?.reminders);
  expect(sync.ok && sync.value.groups[0]?.reminders).toEqual(listed?.reminders);
  for (const reminder of listed?.reminders ?? []) {
    expect(Object.keys(reminder).sort()).toEqual(['at', 'fromUserId', 'seq']);
  }
  return (listed?.reminders ?? []).map(({ seq }) => seq);
}

const ofAll = () => Promise.all(['ann', 'bob', 'cat', 'dan'].map(remindersOf));

it('a reminder is for the members who are chosen and have not read, and for nobody else', async () => {
  await talk.read('dan', 1);
  expect(await remind(1, ['bob', 'dan', 'eve', 'ann', 'bob'])).toEqual(['bob']);
  expect(await ofAll()).toEqual([[], [1], [], []]);
  await talk.read('bob', 1);
  expect(await ofAll()).toEqual([[], [], [], []]);
});

it('a reminder of nobody is none: the next one need not wait', async () => {
  expect(await remind(1, ['ann', 'eve'])).toEqual([]);
  expect(await remind(1)).toEqual(['bob', 'cat', 'dan']);
  await talk.read('bob', 2);
  await talk.read('cat', 2);
  await talk.read('dan', 2);
  expect([await remind(1), await remind(1)]).toEqual([[], []]);
});

it('a later reminder takes none away from those whom it is not for', async () => {
  expect(await remind(1, ['bob', 'cat'])).toEqual(['bob', 'cat']);
  expect(await remind(1, ['dan'])).toBe('RATE_LIMITED');
  talk.wait(5 * minutes);
  expect(await remind(1, ['cat', 'dan'])).toEqual(['cat', 'dan']);
  expect(await ofAll()).toEqual([[], [1], [1], [1]]);
  talk.wait(5 * minutes);
  await remind(1);
  expect(await ofAll()).toEqual([[], [1], [1], [1]]);
});

it('[SE9] whoever was not chosen was not told: the next reminder is told to them at once', async () => {
  expect(await remind(1, ['bob'])).toEqual(['bob']);
  expect(await remind(2)).toEqual(['cat', 'dan']);
  expect(await ofAll()).toEqual([[], [1, 2], [2], [2]]);
});

it('[TR5] of two at once of the same message one wins, whomever they are for', async () => {
  let second: unknown;
  const other = async () => {
    second = await remind(1, ['cat']);
  };
  const { documents } = talk.opened;
  const { answer, came } = await meanwhile(documents, 0, other, () => remind(1, ['bob']));
  expect([came, second, answer]).toEqual([true, ['cat'], 'RATE_LIMITED']);
  expect(await ofAll()).toEqual([[], [], [1], []]);
});

it('[CT9] the row stays below 8 KB, with whomever and however many are chosen', async () => {
  const others = Array.from({ length: 2000 }, (_, i) => `user-${i}`);
  talk = await Conversation.open(['a'.repeat(128), ...others]);
  for (let i = 0; i < 70; i++) await talk.say('a'.repeat(128));
  const { service, groupId, opened } = talk;
  const caller = { userId: 'a'.repeat(128) };
  const everyThird = others.filter((_, i) => i % 3 === 0).slice(0, 500);
  for (let seq = 1; seq <= 70; seq++) {
    const userIds = seq % 10 === 0 ? everyThird : undefined;
    expect((await remindUnread(service, caller, groupId, { seq, userIds })).ok).toBe(true);
  }
  const { documents, tableName } = opened;
  const Key = remindersKey(groupId);
  const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key }));
  expect(itemSize(Item ?? {})).toBeLessThan(8192);
  expect((await remindersOf('user-0')).at(-1)).toBe(70);
  expect((await remindersOf('user-1')).at(-1)).toBe(69);
});
