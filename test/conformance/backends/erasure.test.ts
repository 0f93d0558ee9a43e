import type { MemberPage } from '@seenby/protocol/entities.ts';
import type { AnswerOf } from '@seenby/protocol/http-answers.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import { describe, expect } from 'vitest';
import type { Backend } from '../../support/wire/backend.ts';
import { Conversation } from '../../support/wire/conversation.ts';
import { addMembers, removeMember } from '../../support/wire/group-acts.ts';
import { expectAgreement, observe } from '../../support/wire/observation.ts';
import { User } from '../../support/wire/user.ts';
import { itWithBackend as it } from '../support/it-with-backend.ts';

/** As often as it takes. */
async function erase(backend: Backend, { userId }: User): Promise<void> {
  for (;;) {
    const path = `/users/${toPathSegment(userId)}`;
    const erased = await backend.call<AnswerOf<'DELETE /users/{userId}'>>('DELETE', path);
    expect(erased).toEqual({ status: 202, body: { remaining: expect.any(Number) } });
    if (erased.body.remaining === 0) return;
  }
}

describe('[SE11] erasing a user', () => {
  it('takes them out of every group; messages and receipts stay under a pseudonym', async (backend) => {
    const { conversation, users } = await Conversation.among('alice', 'zoe', 'bob');
    const [alice, zoe, bob] = users;
    const screen = await alice.connect();
    const theirs = await zoe.connect();
    await conversation.say(alice);
    await conversation.read(zoe, 1);
    await conversation.say(bob, { mentions: [zoe.userId] });
    await conversation.say(zoe);
    await zoe.put('/me/profile', { name: 'Zoe', picture: 'https://example.com/zoe.png' });
    const { readAt } = await conversation.line(alice, 1, zoe);
    await erase(backend, zoe);

    const { groupId } = conversation;
    expect(await theirs.next('group_removed')).toMatchObject({ groupId, reason: 'removed' });
    const gone = { groupId, userId: zoe.userId, change: 'left' };
    expect(await screen.next('member_changed')).toMatchObject(gone);
    const { messages } = await conversation.history(bob);
    const pseudonym = messages[2]?.senderId ?? '';
    expect(pseudonym).not.toBe(zoe.userId);
    expect(messages[1]?.mentions).toEqual([pseudonym]);
    const { members } = await conversation.list(alice, 1);
    expect(members).toContainEqual({ userId: pseudonym, deliveredAt: readAt, readAt, left: true });
    expect((await conversation.status(bob)).lastMessage?.senderId).toBe(pseudonym);
    await expectAgreement(new Conversation(groupId, [alice, bob]));
    const shown = [
      await observe(new Conversation(groupId, [alice, bob])),
      await alice.get(`${conversation.path}/members`),
      await alice.get(`${conversation.path}/positions`),
      await alice.get(`${conversation.path}/stats/members`),
      await alice.get('/me/sync'),
    ];
    expect(JSON.stringify(shown)).not.toContain(zoe.userId);
    expect(JSON.stringify(shown)).not.toContain('zoe.png');
  });

  it('leaves nothing of their own: they begin anew, if ever', async (backend) => {
    const { conversation, users } = await Conversation.among('alice', 'zoe');
    const [alice, zoe] = users;
    await conversation.say(alice);
    await zoe.call('PUT', '/me/settings', { readReceipts: false });
    await erase(backend, zoe);
    expect(await zoe.get('/me/unread')).toEqual({ totalUnreadCount: 0, groups: [] });
    expect(await zoe.get('/me/settings')).toEqual({ readReceipts: true });
    expect(await zoe.get('/me/stats')).toMatchObject({ totalMessages: 0 });
    expect((await zoe.call('GET', conversation.path)).status).toBe(404);
    await addMembers(alice, conversation, [zoe]);
    expect(await conversation.status(zoe)).toMatchObject({ unreadCount: 1 });
    await erase(backend, zoe);
    await erase(backend, zoe);
    expect(await zoe.get('/me/unread')).toMatchObject({ groups: [] });
  });

  it('[TR5] hands their groups over, and leaves direct chats as well', async (backend) => {
    const [zoe, bob, carol] = (await User.createAll('zoe', 'bob', 'carol')) as [User, User, User];
    const own = await Conversation.start([zoe, bob]);
    await addMembers(zoe, own, [carol], 'admin');
    const direct = await Conversation.start([zoe, bob], { kind: 'direct' });
    const alone = await Conversation.start([zoe]);
    await direct.say(zoe);
    const past = await Conversation.start([bob, zoe]);
    await past.say(zoe);
    await removeMember(zoe, past, zoe);
    await erase(backend, zoe);
    const roles = async (conversation: Conversation) => {
      const { members } = await bob.get<MemberPage>(`${conversation.path}/members`);
      return new Map(members.map(({ userId, role }) => [userId, role]));
    };
    expect(await roles(own)).toEqual(
      new Map([
        [bob.userId, 'member'],
        [carol.userId, 'owner'],
      ]),
    );
    expect(await roles(direct)).toEqual(new Map([[bob.userId, 'owner']]));
    for (const conversation of [direct, past]) {
      const [message] = (await conversation.history(bob)).messages;
      expect(message?.senderId).not.toBe(zoe.userId);
    }
    expect((await zoe.call('GET', alone.path)).status).toBe(404);
  });

  it('[SE1] is for backends alone', async (backend) => {
    const { conversation, users } = await Conversation.among('alice', 'zoe');
    const [alice, zoe] = users;
    const path = `/users/${toPathSegment(zoe.userId)}`;
    const refused = [
      await alice.call('DELETE', path),
      await zoe.call('DELETE', path),
      await backend.callAs(zoe, 'DELETE', path),
    ];
    expect(refused.map(({ body }) => body.error.code)).toEqual(Array(3).fill('FORBIDDEN'));
    expect((await backend.call('DELETE', '/users/a%20b')).status).toBe(400);
    expect((await backend.call('DELETE', path, { at: 'once' })).status).toBe(400);
    expect(await conversation.status(zoe)).toMatchObject({ groupId: conversation.groupId });
  });
});
