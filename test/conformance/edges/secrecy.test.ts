import { beforeAll, describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { uniqueId } from '../../support/wire/service.ts';
import { User } from '../../support/wire/user.ts';
import type { Frame } from '../../support/wire/wire-client.ts';

/** The id of a group of others, that of none, and somebody who is in neither. */
let foreign = '';
const absent = uniqueId('group');
const carol = await User.create('carol');

beforeAll(async () => {
  const { conversation, users } = await Conversation.among('alice', 'bob');
  await conversation.sayMany(users[0], 3);
  foreign = conversation.groupId;
});

type RequestFor = (groupId: string) => [method: string, path: string, body?: object];

const requests: [name: string, request: RequestFor][] = [
  ['the group', (g) => ['GET', `/groups/${g}`]],
  ['its settings', (g) => ['PATCH', `/groups/${g}`, { name: 'Mine' }]],
  ['deleting it', (g) => ['DELETE', `/groups/${g}`]],
  ['members', (g) => ['GET', `/groups/${g}/members`]],
  ['a new member', (g) => ['POST', `/groups/${g}/members`, { memberIds: [carol.userId] }]],
  ['a role', (g) => ['PATCH', `/groups/${g}/members/${carol.userId}`, { role: 'owner' }]],
  ['leaving', (g) => ['DELETE', `/groups/${g}/members/${carol.userId}`]],
  ['recalling', (g) => ['DELETE', `/groups/${g}/messages/1`]],
  ['reminding', (g) => ['POST', `/groups/${g}/messages/1/remind`]],
  ['positions', (g) => ['GET', `/groups/${g}/positions`]],
  ['statistics of members', (g) => ['GET', `/groups/${g}/stats/members`]],
  ['statistics', (g) => ['GET', `/groups/${g}/stats`]],
  ['history', (g) => ['GET', `/groups/${g}/messages`]],
  ['a list', (g) => ['GET', `/groups/${g}/messages/1/receipts`]],
  ['counts', (g) => ['GET', `/groups/${g}/receipts?from=1&to=3`]],
  ['counts beyond the last', (g) => ['GET', `/groups/${g}/receipts?from=9&to=9`]],
  ['sending', (g) => ['POST', `/groups/${g}/messages`, { clientMessageId: 'm', content: 'x' }]],
  ['read', (g) => ['POST', `/groups/${g}/read`, { upTo: 1 }]],
  ['read beyond the last', (g) => ['POST', `/groups/${g}/read`, { upTo: 9 }]],
  ['read by ids', (g) => ['POST', `/groups/${g}/read`, { messageIds: [`${g}.1`] }]],
  ['delivered', (g) => ['POST', `/groups/${g}/delivered`, { upTo: 1 }]],
  ['unread', (g) => ['POST', `/groups/${g}/unread`, { fromSeq: 1 }]],
];

/** Answered group by group. */
const batches: [name: string, request: RequestFor][] = [
  ['positions', (g) => ['POST', '/me/read', { positions: [{ groupId: g, upTo: 1 }] }]],
  ['message ids', (g) => ['POST', '/me/read', { messageIds: [`${g}.1`] }]],
];

type FrameFor = (groupId: string) => object;

const frames: [name: string, frame: FrameFor][] = [
  ['subscribe_group', (groupId) => ({ type: 'subscribe_group', groupId })],
  ['unsubscribe_group', (groupId) => ({ type: 'unsubscribe_group', groupId })],
  ['typing', (groupId) => ({ type: 'typing', groupId })],
  ['mark_read', (groupId) => ({ type: 'mark_read', groupId, upTo: 1 })],
  ['mark_read beyond the last', (groupId) => ({ type: 'mark_read', groupId, upTo: 9 })],
  ['mark_read by ids', (g) => ({ type: 'mark_read', messageIds: [`${g}.1`] })],
  ['mark_delivered', (groupId) => ({ type: 'mark_delivered', groupId, upTo: 1 })],
  ['mark_played', (g) => ({ type: 'mark_played', messageId: `${g}.1` })],
  ['mark_unread', (groupId) => ({ type: 'mark_unread', groupId, fromSeq: 1 })],
  [
    'send_message',
    (groupId) => ({ type: 'send_message', groupId, clientMessageId: 'm', content: 'x' }),
  ],
];

/** A reply without what differs from one to the next: its time, and the id that was asked about. */
const bare = (reply: Partial<Frame> | undefined, groupId: string): unknown => {
  const { timestamp: _time, requestId: _id, ...rest } = reply ?? {};
  return JSON.parse(JSON.stringify(rest).replaceAll(groupId, 'the group'));
};

describe('[SE2] a group of others and a group that is not there are one answer', () => {
  it.each(requests)('over HTTP: %s', async (_name, request) => {
    const [theirs, nothing] = [
      await carol.call(...request(foreign)),
      await carol.call(...request(absent)),
    ];
    expect(theirs).toEqual(nothing);
    expect(theirs.status).toBe(404);
    expect(theirs.body).toEqual({ error: { code: 'NOT_FOUND', message: expect.any(String) } });
  });

  it.each(batches)('over HTTP, among others: %s', async (_name, request) => {
    for (const groupId of [foreign, absent]) {
      const { status, body } = await carol.call(...request(groupId));
      const error = { code: 'NOT_FOUND', message: 'No such group or message.' };
      expect([status, body]).toEqual([200, { groups: [{ groupId, error }] }]);
    }
  });

  it.each(frames)('by a frame: %s', async (name, frame) => {
    const client = await carol.connect();
    const [theirs] = await client.request(frame(foreign));
    const [nothing] = await client.request(frame(absent));
    expect(bare(theirs, foreign)).toEqual(bare(nothing, absent));
    if (name !== 'unsubscribe_group') expect(theirs).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('of 50 subscriptions, those to groups of others are refused alone', async () => {
    const own = await Conversation.start([carol]);
    const client = await carol.connect();
    const groupIds = [foreign, own.groupId, absent];
    const replies = await client.request({ type: 'subscribe_group', groupIds }, 3);
    const typeOf = (id: string) =>
      replies.find((reply) => 'groupId' in reply && reply.groupId === id)?.type;
    expect(groupIds.map(typeOf)).toEqual([
      'subscription_error',
      'subscription_confirmed',
      'subscription_error',
    ]);
  });
});

describe('what a group does not show', () => {
  it('[TR1] with tracking "positions" is all of a member\'s reading, while their own works', async () => {
    const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
    const conversation = await Conversation.start([alice, bob], { tracking: 'positions' });
    const { groupId, path } = conversation;
    const author = await alice.subscribe(groupId);
    const device = await bob.connect();
    await conversation.sayMany(alice, 2);
    expect(await conversation.read(bob, 2)).toMatchObject({ readSeq: 2, unreadCount: 0 });
    await device.next('read_position');

    for (const route of ['receipts?from=1&to=2', 'messages/1/receipts']) {
      const { status, body } = await alice.call('GET', `${path}/${route}`);
      expect([status, body.error.code]).toEqual([403, 'FORBIDDEN']);
    }
    const { messages } = await conversation.history(alice);
    for (const message of messages) expect(message).not.toHaveProperty('readCount');
    await author.ask('pong', { type: 'ping' });
    expect(author.received('read_status_update')).toEqual([]);
  });

  it('[TR3] with visibility "sender" is who has read the messages of others', async () => {
    const [alice, bob] = (await User.createAll('alice', 'bob')) as [User, User];
    const conversation = await Conversation.start([alice, bob], { visibility: 'sender' });
    await conversation.say(alice);
    await conversation.say(bob);
    const seen = async (viewer: User) => {
      const { counts } = await conversation.counts(viewer, 1, 2);
      const { messages } = await conversation.history(viewer);
      const lists = [1, 2].map((seq) =>
        viewer.call('GET', `${conversation.path}/messages/${seq}/receipts`),
      );
      return {
        counts: counts.map(({ fromSeq, toSeq }) => [fromSeq, toSeq]),
        history: messages.filter(({ readCount }) => readCount !== undefined).map((m) => m.seq),
        lists: (await Promise.all(lists)).map(({ status }) => status),
      };
    };
    expect(await seen(alice)).toEqual({ counts: [[1, 1]], history: [1], lists: [200, 403] });
    expect(await seen(bob)).toEqual({ counts: [[2, 2]], history: [2], lists: [403, 200] });
  });
});
