import type { Group } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { groupWithMessages } from '../../support/fixtures/group-with-messages.ts';
import { Conversation } from '../../support/wire/conversation.ts';
import { addMembers, removeMember } from '../../support/wire/group-acts.ts';
import { expectAgreement } from '../../support/wire/observation.ts';
import type { User } from '../../support/wire/user.ts';

/** How many are entitled to each message, in order; lists and counts agreeing on it. */
const audiences = async (conversation: Conversation): Promise<number[]> =>
  [...(await expectAgreement(conversation)).values()].map(({ totalCount }) => totalCount);

/** Carol joins, leaves and comes back. */
const carolOutside = (count: number, historyForNewMembers = 100) =>
  groupWithMessages(count, { memberCount: 2, historyForNewMembers });

const seqsSeenBy = async (viewer: User, conversation: Conversation) =>
  (await conversation.history(viewer)).messages.map(({ seq }) => seq);

describe('[CT2] a new member', () => {
  it('finds the last messages unread, and belongs to the audience of these alone', async () => {
    const { conversation, users } = await carolOutside(5, 3);
    const [alice, , carol] = users;
    expect(await addMembers(alice, conversation, [carol])).toEqual({ added: [carol.userId] });
    const unread = { lastSeq: 5, readSeq: 2, unreadCount: 3, role: 'member' };
    expect(await conversation.status(carol)).toMatchObject(unread);
    expect(await seqsSeenBy(carol, conversation)).toEqual([3, 4, 5]);
    expect(await audiences(conversation)).toEqual([2, 2, 3, 3, 3]);
    expect(await conversation.read(carol, 4)).toMatchObject({ readSeq: 4, unreadCount: 1 });
  });

  it('finds nothing of before where the group shows no history', async () => {
    const { conversation, users } = await carolOutside(2, 0);
    const [alice, , carol] = users;
    await addMembers(alice, conversation, [carol]);
    expect(await conversation.status(carol)).toMatchObject({ readSeq: 2, unreadCount: 0 });
    expect(await conversation.status(carol)).not.toHaveProperty('lastMessage');
    await conversation.say(alice);
    expect(await seqsSeenBy(carol, conversation)).toEqual([3]);
    expect(await conversation.status(carol)).toMatchObject({ readSeq: 2, unreadCount: 1 });
    expect(await audiences(conversation)).toEqual([2, 2, 3]);
  });

  it('can neither see nor mark what is from before', async () => {
    const { conversation, users } = await carolOutside(3, 1);
    const [alice, , carol] = users;
    const { groupId, path } = conversation;
    await addMembers(alice, conversation, [carol]);
    expect((await carol.call('GET', `${path}/messages/2/receipts`)).status).toBe(404);
    const body = { messageIds: [`${groupId}.1`] };
    expect(await carol.post(`${path}/read`, body)).toMatchObject({ readSeq: 2, changed: false });
    expect(await conversation.read(carol, 3)).toMatchObject({ readSeq: 3, changed: true });
    expect(await audiences(conversation)).toEqual([2, 2, 3]);
  });

  it('who is one already stays as they are; the group shows 100 messages unless told', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    await conversation.sayMany(alice, 2);
    await conversation.read(bob, 1);
    expect(await addMembers(alice, conversation, [bob], 'admin')).toEqual({ added: [] });
    const { role, unreadCount } = await conversation.status(bob);
    expect({ role, unreadCount }).toEqual({ role: 'member', unreadCount: 1 });
    const group = await alice.get<Group>(conversation.path);
    expect(group).toMatchObject({ historyForNewMembers: 100, memberCount: 2, role: 'owner' });
  });
});

describe('[CT2] a member who leaves', () => {
  it('stays in the audience of what they had read or sent, marked, and drops out of the rest', async () => {
    const { conversation, users } = await carolOutside(3);
    const [alice, bob, carol] = users;
    await addMembers(alice, conversation, [carol]);
    await conversation.say(carol);
    await conversation.read(carol, 2);
    await carol.post(`${conversation.path}/delivered`, { upTo: 3 });
    const before = await conversation.line(bob, 2, carol);
    expect(await audiences(conversation)).toEqual([3, 3, 3, 3]);

    await removeMember(carol, conversation, carol);
    expect(await audiences(conversation)).toEqual([3, 3, 2, 3]);
    expect(await conversation.line(bob, 2, carol)).toEqual({ ...before, left: true });
    expect(await conversation.line(bob, 4, carol)).toMatchObject({ isSender: true, left: true });
    const { members, status } = await conversation.list(bob, 3);
    expect(members.map(({ userId }) => userId)).not.toContain(carol.userId);
    expect(status).toBe('sent');
    await conversation.read(bob, 3);
    expect(await conversation.list(bob, 3)).toMatchObject({ status: 'read', totalCount: 2 });
  });

  it('has the group no more', async () => {
    const { conversation, users } = await carolOutside(1);
    const [alice, bob] = users;
    await removeMember(alice, conversation, bob);
    const { path, groupId } = conversation;
    expect(await bob.get('/me/unread')).toEqual({ totalUnreadCount: 0, groups: [] });
    for (const route of ['', '/members', '/messages', '/receipts?from=1&to=1', '/stats']) {
      expect((await bob.call('GET', path + route)).body.error.code).toBe('NOT_FOUND');
    }
    const client = await bob.connect();
    const frames = [
      { type: 'mark_read', groupId, upTo: 1 },
      { type: 'send_message', groupId, clientMessageId: 'm', content: 'x' },
    ];
    for (const frame of frames) {
      expect(await client.request(frame)).toMatchObject([{ type: 'error', code: 'NOT_FOUND' }]);
    }
    expect(await alice.get(path)).toMatchObject({ memberCount: 1 });
    expect(await audiences(conversation)).toEqual([1]);
  });
});

describe('[CT2] a member who comes back', () => {
  it('begins anew and keeps old receipts', async () => {
    const { conversation, users } = await carolOutside(2, 2);
    const [alice, bob, carol] = users;
    await addMembers(alice, conversation, [carol]);
    await conversation.read(carol, 1);
    const before = await conversation.line(bob, 1, carol);
    await removeMember(carol, conversation, carol);
    await conversation.sayMany(alice, 4);
    await addMembers(alice, conversation, [carol]);

    expect(await conversation.status(carol)).toMatchObject({ readSeq: 4, unreadCount: 2 });
    expect(await seqsSeenBy(carol, conversation)).toEqual([5, 6]);
    expect(await audiences(conversation)).toEqual([3, 2, 2, 2, 3, 3]);
    expect(await conversation.line(bob, 1, carol)).toEqual(before);
    await conversation.read(carol, 6);
    expect(await conversation.line(bob, 1, carol)).toEqual(before);
    expect(await audiences(conversation)).toEqual([3, 2, 2, 2, 3, 3]);
  });
});
