import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { beforeEach, describe, expect, it } from 'vitest';
import { remindUnread } from '../../../functions/messages/remind-unread.ts';
import { remindersKey } from '../../../functions/store/dynamodb/keys.ts';
import {
  type AddedReminders,
  isRemindersRow,
  toAddedReminders,
} from '../../../functions/stream/noted-reminders.ts';
import { Conversation } from '../../support/service/conversation.ts';
import { publishedOf } from './published.ts';

const minutes = 60_000;
let talk: Conversation;

beforeEach(async () => {
  talk = await Conversation.open(['ann', 'bob', 'cat', 'dan']);
  await talk.say('ann');
});

/** As Lambda brings it: bytes are base64 text, however deep they lie. */
const imageOf = (item: object) => JSON.parse(JSON.stringify(asText(marshall(item))));

function asText(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asText(inner)]));
}

/** What the stream says of the reminders while something is done. */
async function changeOf(act: () => Promise<unknown>): Promise<AddedReminders> {
  const { table } = talk.opened;
  const key = remindersKey(talk.groupId);
  const before = await table.get(key);
  await act();
  const after = await table.get(key);
  if (!after) throw new Error('nobody was reminded');
  const record: DynamoDBRecord = {
    dynamodb: {
      Keys: imageOf(key),
      ...(before && { OldImage: imageOf(before) }),
      NewImage: imageOf(after),
    },
  };
  expect(isRemindersRow(record)).toBe(true);
  return toAddedReminders(record);
}

const remind = (seq: number, userIds?: string[], userId = 'ann') =>
  changeOf(() => remindUnread(talk.service, { userId }, talk.groupId, { seq, userIds }));

const published = async (...reminders: AddedReminders[]) =>
  (await publishedOf(talk.service, { reminders })).map(({ type, detail }) => {
    expect(type).toBe('message.reminded');
    return detail;
  });

const ofBobAndCat = {
  ...{ version: 1, groupId: 'team', messageId: 'team.1', seq: 1, fromUserId: 'ann' },
  ...{ userIds: ['bob', 'cat'], notConnected: ['cat'] },
};

describe('[EV1] message.reminded', () => {
  it('names who has not read the message, and who of them is not connected', async () => {
    await talk.read('dan', 1);
    const endsAt = talk.opened.time.now + 10 * minutes;
    await talk.service.connections.add({ userId: 'bob', connectionId: 'b=' }, endsAt);
    expect(await published(await remind(1))).toEqual([ofBobAndCat]);
  });

  it('names those alone who were chosen', async () => {
    const change = await remind(1, ['cat', 'eve']);
    expect(await published(change)).toMatchObject([{ userIds: ['cat'], notConnected: ['cat'] }]);
  });

  it('names nobody who was told of another message a moment ago, or has read meanwhile', async () => {
    await talk.say('ann');
    await remind(1, ['bob']);
    const change = await remind(2);
    await talk.read('dan', 2);
    expect(await published(change)).toMatchObject([{ seq: 2, userIds: ['cat'] }]);
  });

  it('comes again when members are reminded again of the same message', async () => {
    await remind(1);
    talk.wait(5 * minutes);
    expect(await published(await remind(1))).toMatchObject([{ userIds: ['bob', 'cat', 'dan'] }]);
  });

  it('tells of one added to others, and of nothing when a pseudonym takes the place of its author', async () => {
    await talk.say('ann');
    await remind(1);
    talk.wait(5 * minutes);
    const change = await remind(2);
    expect(change.added.map(({ seq }) => seq)).toEqual([2]);
    const { service, groupId } = talk;
    const renaming = { userId: 'ann', pseudonym: 'erased-1' };
    const renamed = await changeOf(() => service.reminders.renameAuthor(groupId, renaming));
    expect(renamed.added).toEqual([]);
  });

  it('[TR4] [TR6] names in a direct chat whoever read with receipts off as one who has not', async () => {
    talk = await Conversation.begin(talk.opened, 'pair', ['ann', 'bob'], { kind: 'direct' });
    await talk.service.settings.change('bob', { readReceipts: false });
    await talk.say('ann');
    await talk.read('bob', 1);
    await talk.service.settings.change('bob', { readReceipts: true });
    expect(await published(await remind(1))).toMatchObject([{ userIds: ['bob'] }]);
  });

  it('names 500 members at most, more in several events', async () => {
    const members = Array.from({ length: 1101 }, (_, i) => `u-${String(i).padStart(4, '0')}`);
    talk = await Conversation.begin(talk.opened, 'crowd', members);
    await talk.say('u-0000');
    const events = await published(await remind(1, undefined, 'u-0000'));
    const named = events.map((detail) => ('userIds' in detail ? detail.userIds : []));
    expect(named.map(({ length }) => length)).toEqual([500, 500, 100]);
    expect(new Set(named.flat())).toEqual(new Set(members.slice(1)));
  });
});
