import type { MemberPage } from '@seenby/protocol/entities.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';
import { describe, expect } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { observe } from '../../support/wire/observation.ts';
import { uniqueId } from '../../support/wire/service.ts';
import { settle } from '../../support/wire/settle.ts';
import { User } from '../../support/wire/user.ts';
import { itWithBackend as it } from '../support/it-with-backend.ts';

describe('a notification', () => {
  it('[PU5] is pushed to members who are connected, and to nobody else', async (backend) => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const stranger = await User.create('stranger');
    const screens = await Promise.all(users.map((user) => user.connect()));
    const outside = await stranger.connect();
    const before = await observe(conversation);
    const { groupId, path } = conversation;
    const text = 'Maintenance at 10';
    const sent = await backend.call('POST', `${path}/notifications`, { text });
    expect(sent).toEqual({ status: 202, body: { groupId } });
    for (const screen of screens) {
      const { timestamp: _time, ...frame } = await screen.next('system_notification');
      expect(frame).toEqual({ type: 'system_notification', groupId, text });
    }
    await settle(outside);
    expect(outside.received('system_notification')).toEqual([]);
    expect(await observe(conversation)).toEqual(before);
  });

  it('[PU5] is for some of the members where they are named', async (backend) => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const stranger = await User.create('stranger');
    const everybody = [...users, stranger];
    const [alice, bob] = users;
    const screens = await Promise.all(everybody.map((user) => user.connect()));
    const userIds = [bob.userId, bob.userId, stranger.userId];
    const notification = { text: 'For bob', userIds };
    await backend.call('POST', `${conversation.path}/notifications`, notification);
    await screens[1]?.next('system_notification');
    // A message comes to everybody after it.
    await conversation.say(alice);
    await screens[0]?.next('new_message');
    await settle(...screens);
    const told = screens.map((screen) => screen.received('system_notification').length);
    expect(told).toEqual([0, 1, 0, 0]);
  });

  it('[SE1] [SE4] is refused of a user, of nothing, and of a group that is not there', async (backend) => {
    const { conversation, users } = await Conversation.among('alice');
    const [alice] = users;
    const path = `${conversation.path}/notifications`;
    const codes = async (...answers: Promise<{ status: number; body: unknown }>[]) =>
      (await Promise.all(answers)).map(({ status }) => status);
    const text = 'Hi';
    expect(
      await codes(
        alice.call('POST', path, { text }),
        backend.callAs(alice, 'POST', path, { text }),
        backend.call('POST', path, {}),
        backend.call('POST', path, { text: '' }),
        backend.call('POST', path, { text: 'x'.repeat(1001) }),
        backend.call('POST', path, { text, userIds: [] }),
        backend.call('POST', path, { text, userIds: Array(501).fill('x') }),
        backend.call('POST', path, { text, groupId: conversation.groupId }),
        backend.call('POST', `/groups/${uniqueId('none')}/notifications`, { text }),
      ),
    ).toEqual([403, 403, 400, 400, 400, 400, 413, 400, 404]);
  });
});

describe('the profile of any user', () => {
  const picture = 'https://example.com/pictures/bob.png';

  it('is chosen by a backend, before they have done anything', async (backend) => {
    const alice = await User.create('alice');
    const userId = uniqueId('auth0|bob');
    const path = `/users/${toPathSegment(userId)}`;
    const profile = { name: 'Bob', picture };
    expect(await backend.call('PUT', path, profile)).toEqual({ status: 200, body: profile });
    const group = { groupId: uniqueId('group'), name: 'A group', memberIds: [userId] };
    await alice.post('/groups', group);
    const members = `/groups/${toPathSegment(group.groupId)}/members`;
    const shown = async () => {
      const page = await alice.get<MemberPage>(members);
      return page.members.find((member) => member.userId === userId);
    };
    expect(await shown()).toMatchObject(profile);
    expect(await backend.call('PUT', path, {})).toEqual({ status: 200, body: {} });
    await expect.poll(shown).not.toHaveProperty('name');
  });

  it('[SE1] [SE4] is no other user’s to choose, and nothing else than a profile', async (backend) => {
    const [alice, mallory] = (await User.createAll('alice', 'mallory')) as [User, User];
    const path = `/users/${toPathSegment(alice.userId)}`;
    const profile = { name: 'Fool' };
    expect((await mallory.call('PUT', path, profile)).body.error.code).toBe('FORBIDDEN');
    expect((await alice.call('PUT', path, profile)).body.error.code).toBe('FORBIDDEN');
    expect((await backend.callAs(alice, 'PUT', path, profile)).body.error.code).toBe('FORBIDDEN');
    for (const bad of [{ picture: 'http://example.com/a' }, { name: '' }, { userId: 'x' }]) {
      expect((await backend.call('PUT', path, bad)).body.error.code).toBe('BAD_REQUEST');
    }
    expect((await backend.call('PUT', '/users/a%20b', profile)).status).toBe(400);
  });
});
