import type { Group, MemberPage, Message } from '@seenby/protocol/entities.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import { describe, expect } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { observe } from '../../support/wire/observation.ts';
import { service, uniqueId } from '../../support/wire/service.ts';
import { upgrade } from '../../support/wire/upgrade.ts';
import { call, socketUrl, User } from '../../support/wire/user.ts';
import { itWithBackend as it } from '../support/it-with-backend.ts';

const codeOf = ({ status, body }: { status: number; body: unknown }) => [
  status,
  (body as { error?: { code: string } }).error?.code,
];

describe('a backend that acts for a user', () => {
  it('does whatever they may do, under their id', async (backend) => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const screen = await alice.connect();
    const { path } = conversation;
    const sent = { clientMessageId: uniqueId('m'), content: 'From the backend' };
    const { status, body } = await backend.callAs<{ message: Message }>(
      bob,
      'POST',
      `${path}/messages`,
      sent,
    );
    expect([status, body.message.senderId]).toEqual([201, bob.userId]);
    expect(await screen.next('new_message')).toMatchObject({ message: body.message });
    expect(await bob.call('POST', `${path}/messages`, sent)).toMatchObject({ status: 200 });

    const read = await backend.callAs(alice, 'POST', `${path}/read`, { upTo: 1 });
    expect(read).toMatchObject({ status: 200, body: { readSeq: 1, changed: true } });
    expect(await conversation.line(bob, 1, alice)).toMatchObject({ readAt: expect.any(Number) });
    const unread = await backend.callAs(bob, 'GET', '/me/unread');
    expect(unread.body).toEqual(await bob.get('/me/unread'));
  });

  it('[TR5] [SE2] does nothing that they may not', async (backend) => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [, bob] = users;
    const stranger = await User.create('stranger');
    await conversation.say(bob);
    const before = await observe(conversation);
    const { path } = conversation;
    expect(codeOf(await backend.callAs(bob, 'PATCH', path, { name: 'Mine' }))).toEqual([
      403,
      'FORBIDDEN',
    ]);
    for (const route of ['/messages', '/receipts?from=1&to=1', '']) {
      const refused = await backend.callAs(stranger, 'GET', path + route);
      expect(codeOf(refused)).toEqual([404, 'NOT_FOUND']);
    }
    expect(await observe(conversation)).toEqual(before);
  });

  it('makes groups for them, keeps their members in step, and finds both made already', async (backend) => {
    const [owner, bob] = (await User.createAll('owner', 'bob')) as [User, User];
    const groupId = uniqueId('group');
    const group = { groupId, name: 'By the backend', memberIds: [bob.userId] };
    const made = await backend.callAs<Group>(owner, 'POST', '/groups', group);
    expect([made.status, made.body.role]).toEqual([201, 'owner']);
    expect(codeOf(await backend.callAs(owner, 'POST', '/groups', group))).toEqual([
      409,
      'CONFLICT',
    ]);
    const path = `/groups/${toPathSegment(groupId)}`;
    const joining = { memberIds: [uniqueId('carol'), bob.userId] };
    for (const added of [joining.memberIds.slice(0, 1), []]) {
      const { body } = await backend.callAs(owner, 'POST', `${path}/members`, joining);
      expect(body).toEqual({ added });
    }
    const { members } = await bob.get<MemberPage>(`${path}/members`);
    expect(members).toHaveLength(3);
  });

  it('[SE1] [SE4] says whom by an id, and once', async (backend) => {
    const alice = await User.create('alice');
    for (const bad of [
      '',
      'not an id',
      'a/b',
      `${alice.userId}, ${alice.userId}`,
      'x'.repeat(129),
    ]) {
      const refused = await backend.callAs(bad, 'GET', '/me/unread');
      expect([bad, ...codeOf(refused)]).toEqual([bad, 400, 'BAD_REQUEST']);
    }
    for (const good of ['constructor', '__proto__', `auth0|${uniqueId('x')}`]) {
      expect(await backend.callAs(good, 'GET', '/me/settings')).toMatchObject({ status: 200 });
    }
  });
});

describe('a backend that acts for nobody', () => {
  it('makes a group for an owner', async (backend) => {
    const [owner, bob] = (await User.createAll('owner', 'bob')) as [User, User];
    const screen = await owner.connect();
    const groupId = uniqueId('group');
    const group = { groupId, name: 'A group', memberIds: [bob.userId, owner.userId] };
    const made = await backend.call<Group>('POST', '/groups', { ...group, ownerId: owner.userId });
    expect(made).toMatchObject({ status: 201, body: { memberCount: 2, role: 'owner' } });
    expect(await screen.next('member_changed')).toMatchObject({ groupId, role: 'owner' });
    const { members } = await bob.get<MemberPage>(`/groups/${toPathSegment(groupId)}/members`);
    const roles = new Map(members.map(({ userId, role }) => [userId, role]));
    expect([roles.get(owner.userId), roles.get(bob.userId)]).toEqual(['owner', 'member']);
  });

  it('[SE4] says who that is, and nobody else may', async (backend) => {
    const owner = await User.create('owner');
    const group = { name: 'A group', memberIds: [] };
    const badRequest = [400, 'BAD_REQUEST'];
    expect(codeOf(await backend.call('POST', '/groups', group))).toEqual(badRequest);
    const owned = { ...group, ownerId: owner.userId };
    expect(codeOf(await backend.callAs(owner, 'POST', '/groups', owned))).toEqual(badRequest);
    expect(codeOf(await owner.call('POST', '/groups', owned))).toEqual(badRequest);
  });

  it('[SE1] does nothing else without a name', async (backend) => {
    const { conversation, users } = await Conversation.among('alice');
    await conversation.say(users[0]);
    const before = await observe(conversation);
    const { path } = conversation;
    for (const [method, route, body] of [
      ['GET', '/me/unread'],
      ['GET', '/me/sync'],
      ['PUT', '/me/profile', { name: 'Nobody' }],
      ['GET', path],
      ['DELETE', path],
      ['POST', `${path}/messages`, { clientMessageId: 'm', content: 'x' }],
    ] as const) {
      expect(codeOf(await backend.call(method, route, body))).toEqual([403, 'FORBIDDEN']);
    }
    expect(await observe(conversation)).toEqual(before);
  });

  it('[SE1] opens no WebSocket', async (backend) => {
    const refused = { outcome: 'refused', status: 401 };
    expect(await upgrade({ url: socketUrl(backend.token) })).toEqual(refused);
    const protocols = ['seenby.v1', `bearer.${backend.token}`];
    expect(await upgrade({ url: service.wsUrl, protocols })).toEqual(refused);
  });
});

describe('[SE1] a user', () => {
  it('acts for nobody, not even for themselves', async () => {
    const [alice, mallory] = (await User.createAll('alice', 'mallory')) as [User, User];
    for (const name of [alice, mallory]) {
      const headers = { 'Seenby-Act-As': name.userId };
      const refused = await call(mallory.token, 'GET', '/me/unread', undefined, headers);
      expect(codeOf(refused)).toEqual([403, 'FORBIDDEN']);
    }
  });
});
