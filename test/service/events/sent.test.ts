import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { inRequests } from '../../../functions/events/in-requests.ts';
import { removeMember } from '../../../functions/members/remove-member.ts';
import { sendMessage } from '../../../functions/messages/send-message.ts';
import { isMessageRow, toSentMessages } from '../../../functions/stream/sent-message.ts';
import { Conversation } from '../../support/service/conversation.ts';
import { publishedOf } from './published.ts';

describe('[EV1] message.sent', () => {
  const record = (more: Record<string, object> = {}): DynamoDBRecord => ({
    dynamodb: {
      Keys: { pk: { S: 'G#team#S#0' }, sk: { S: '000000000007' } },
      NewImage: {
        ...{ pk: { S: 'G#team#S#0' }, sk: { S: '000000000007' }, expiresAt: { N: '9' } },
        ...{ senderId: { S: 'ann' }, messageType: { S: 'text' }, content: { S: 'hi' } },
        ...{ createdAt: { N: '5' }, clientMessageId: { S: 'c' }, ...more },
      },
    },
  });

  it('has the message as clients see it', () => {
    expect(isMessageRow(record())).toBe(true);
    expect(toSentMessages(record())).toEqual([
      {
        ...{ messageId: 'team.7', groupId: 'team', seq: 7, senderId: 'ann', messageType: 'text' },
        ...{ content: 'hi', createdAt: 5, clientMessageId: 'c' },
      },
    ]);
  });

  it('is not told of the tombstone of a lost one', () => {
    expect(toSentMessages(record({ tombstone: { BOOL: true } }))).toEqual([]);
  });

  it('travels ten in a request at most, and a quarter of a megabyte', () => {
    const sizes = (details: string[]) =>
      inRequests(details.map((Detail) => ({ Detail }))).map((request) => request.length);
    expect(sizes(Array<string>(23).fill('{}'))).toEqual([10, 10, 3]);
    expect(sizes(Array<string>(5).fill('é'.repeat(55_000)))).toEqual([2, 2, 1]);
    expect(sizes([])).toEqual([]);
  });
});

describe('[EV1] who is not connected', () => {
  async function awayFrom(talk: Conversation, senders: readonly string[]) {
    const sent = await Promise.all(senders.map((userId, i) => post(talk, userId, `m-${i}`)));
    const events = await publishedOf(talk.service, { sent });
    return events.map(({ detail }) => ('notConnected' in detail ? detail.notConnected : 'unsaid'));
  }

  async function post({ service, groupId }: Conversation, userId: string, clientMessageId: string) {
    const input = { groupId, clientMessageId, content: 'hi', messageType: 'text' as const };
    const sent = await sendMessage(service, { userId }, input);
    if (!sent.ok) throw new Error(sent.problem.message);
    return sent.value.message;
  }

  const connect = ({ service, opened }: Conversation, userId: string, lastsMs = 60_000) =>
    service.connections.add({ userId, connectionId: `${userId}=` }, opened.time.now + lastsMs);

  it('is said with each message, without its sender', async () => {
    const talk = await Conversation.open(['ann', 'bob', 'cat', 'dan']);
    await connect(talk, 'bob');
    expect(await awayFrom(talk, ['ann', 'cat'])).toEqual([
      ['cat', 'dan'],
      ['ann', 'dan'],
    ]);
  });

  it('is whoever left the service, and nobody who left the group', async () => {
    const talk = await Conversation.open(['ann', 'bob', 'cat']);
    await connect(talk, 'bob', 1000);
    expect(await awayFrom(talk, ['ann'])).toEqual([['cat']]);
    talk.wait(1001);
    expect(await awayFrom(talk, ['ann'])).toEqual([['bob', 'cat']]);
    await removeMember(talk.service, { userId: 'cat' }, talk.groupId, 'cat');
    expect(await awayFrom(talk, ['ann'])).toEqual([['bob']]);
  });

  it('costs at most 0.1 read units for each member, and is looked up once for a batch', async () => {
    const talk = await Conversation.open(Array.from({ length: 100 }, (_, i) => `u-${i}`));
    const sent = [await post(talk, 'u-0', 'm-1'), await post(talk, 'u-1', 'm-2')];
    talk.opened.units.reset();
    expect(await publishedOf(talk.service, { sent })).toHaveLength(2);
    expect(talk.opened.units.read).toBeGreaterThan(5);
    expect(talk.opened.units.read).toBeLessThanOrEqual(10);
  });

  it.each([
    [500, 499],
    [501, 'unsaid'],
  ])('in a group of %i: %s', async (size, expected) => {
    const talk = await Conversation.open(Array.from({ length: size }, (_, i) => `u-${i}`));
    const [away] = await awayFrom(talk, ['u-0']);
    expect(Array.isArray(away) ? away.length : away).toBe(expected);
  });
});
