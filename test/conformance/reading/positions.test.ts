import type { PositionPage } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { addMembers, changeSettings, recall, removeMember } from '../../support/wire/group-acts.ts';
import { User } from '../../support/wire/user.ts';

const positions = (viewer: User, { path }: Conversation, query = 'limit=500') =>
  viewer.get<PositionPage>(`${path}/positions?${query}`);

/** Of each member, in the order of `users`: how far they have read and received. */
async function standing(viewer: User, conversation: Conversation, users: readonly User[]) {
  const { members } = await positions(viewer, conversation);
  const byId = new Map(members.map((member) => [member.userId, member]));
  return users.map(({ userId }) => {
    const member = byId.get(userId);
    return member && [member.readSeq, member.deliveredSeq];
  });
}

describe('positions', () => {
  it('[CT1] say up to where each member has read and received, and when they read last', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol', 'dave');
    const [alice, bob, carol, dave] = users;
    await conversation.sayMany(alice, 3);
    await conversation.read(bob, 2);
    await carol.post(`${conversation.path}/delivered`, { upTo: 3 });
    await carol.post(`${conversation.path}/read`, { ranges: [{ fromSeq: 2, toSeq: 2 }] });
    const expected = [
      [3, 3],
      [2, 2],
      [0, 3],
      [0, 0],
    ];
    expect(await standing(dave, conversation, users)).toEqual(expected);
    const { members, version } = await positions(alice, conversation);
    const times = new Map(members.map(({ userId, lastReadAt }) => [userId, lastReadAt]));
    const line = await conversation.line(alice, 2, bob);
    expect(times.get(bob.userId)).toBe(line.readAt);
    expect([times.get(alice.userId), times.get(dave.userId)]).toEqual([undefined, undefined]);
    expect(version).toBe((await conversation.counts(alice, 1, 3)).version);
  });

  it('[RD7] tell nobody that a badge was put back', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    await conversation.sayMany(alice, 3);
    await conversation.read(bob, 3);
    const before = await positions(alice, conversation);
    await bob.post(`${conversation.path}/unread`, { fromSeq: 2 });
    expect((await conversation.status(bob)).readSeq).toBe(1);
    expect(await positions(alice, conversation)).toEqual(before);
  });

  it('[MS4] pass over what was recalled', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    await conversation.sayMany(alice, 3);
    await conversation.read(bob, 1);
    await recall(alice, conversation, 2);
    expect(await standing(alice, conversation, [bob])).toEqual([[2, 2]]);
  });

  it('[CT2] are of who is in now, and of what the caller may see', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    const dave = await User.create('dave');
    await conversation.sayMany(alice, 2);
    await conversation.read(bob, 1);
    await removeMember(alice, conversation, carol);
    await changeSettings(alice, conversation, { name: 'Without carol' });
    const late = await Conversation.start([alice, bob], { historyForNewMembers: 0 });
    await late.sayMany(alice, 2);
    await late.read(bob, 1);
    await addMembers(alice, late, [dave]);
    await late.say(alice);
    expect(await standing(bob, conversation, users)).toEqual([[2, 2], [1, 1], undefined]);
    // Dave sees the third message only: of the two before it he is told nothing.
    expect(await standing(dave, late, [alice, bob, dave])).toEqual([
      [3, 3],
      [2, 2],
      [2, 2],
    ]);
    expect(await standing(alice, late, [bob])).toEqual([[1, 1]]);
  });

  it('[SE5] come in pages, whose cursors are of one user and group', async () => {
    const { conversation, users } = await Conversation.among('a', 'b', 'c');
    const [alice, bob] = users;
    const { members } = await positions(alice, conversation);
    const first = await positions(alice, conversation, 'limit=2');
    const rest = await positions(alice, conversation, `limit=2&cursor=${first.next}`);
    expect([...first.members, ...rest.members]).toEqual(members);
    expect([first.members.length, rest.next]).toEqual([2, null]);
    const refused = async (user: User, query: string) => {
      const { status, body } = await user.call('GET', `${conversation.path}/positions?${query}`);
      return [status, body.error.code];
    };
    const badCursor = [400, 'BAD_CURSOR'];
    expect(await refused(bob, `cursor=${first.next}`)).toEqual(badCursor);
    const other = (await bob.get<PositionPage>(`${conversation.path}/members?limit=2`)).next;
    expect(await refused(bob, `cursor=${other}`)).toEqual(badCursor);
    expect(await refused(alice, 'limit=501')).toEqual([400, 'BAD_REQUEST']);
  });
});

describe('positions are for who sees all receipts', () => {
  it.each([
    ['members', [200, 200, 200]],
    ['admins', [200, 200, 403]],
    ['sender', [403, 403, 403]],
  ] as const)('[TR3] with visibility "%s"', async (visibility, statuses) => {
    const [owner, admin, member] = (await User.createAll('o', 'a', 'm')) as [User, User, User];
    const conversation = await Conversation.start([owner, member], { visibility });
    await addMembers(owner, conversation, [admin], 'admin');
    const asked = [owner, admin, member].map((user) =>
      user.call('GET', `${conversation.path}/positions`),
    );
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(statuses);
  });

  it('[TR1] [TR2] with tracking "positions" for nobody, and afterwards without the times', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    await conversation.sayMany(alice, 2);
    await conversation.read(bob, 1);
    await changeSettings(alice, conversation, { tracking: 'positions' });
    await conversation.read(bob, 2);
    for (const user of users) {
      const { status, body } = await user.call('GET', `${conversation.path}/positions`);
      expect([status, body.error.code]).toEqual([403, 'FORBIDDEN']);
    }
    await changeSettings(alice, conversation, { tracking: 'receipts' });
    const { members } = await positions(alice, conversation);
    expect(members).toContainEqual({ userId: bob.userId, readSeq: 2, deliveredSeq: 2 });
  });
});
