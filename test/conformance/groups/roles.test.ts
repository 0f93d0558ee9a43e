import type { Role } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { addMembers, giveRole } from '../../support/wire/group-acts.ts';
import { User } from '../../support/wire/user.ts';

/** Someone in each role, two to be acted on, and one who is not in. */
type Cast = Record<Role | 'otherAdmin' | 'otherMember' | 'outsider', User>;

const labels = ['owner', 'admin', 'member', 'otherAdmin', 'otherMember', 'outsider'] as const;
const users = await User.createAll(...labels);
const cast = Object.fromEntries(labels.map((label, i) => [label, users[i]])) as Cast;

/** A group with a message of somebody whom nobody acts as. */
async function startGroup(): Promise<Conversation> {
  const { owner, admin, member, otherAdmin, otherMember } = cast;
  const conversation = await Conversation.start([owner, member, otherMember]);
  await addMembers(owner, conversation, [admin, otherAdmin], 'admin');
  await conversation.say(otherMember);
  return conversation;
}

type ActOf = (who: Role) => [method: string, path: string, body?: object];

const idOf = (label: keyof Cast): string => cast[label].userId;

const acts: [what: string, allowed: Role[], act: ActOf][] = [
  ['rename the group', ['owner', 'admin'], () => ['PATCH', '', { name: 'Another' }]],
  ['set visibility', ['owner', 'admin'], () => ['PATCH', '', { visibility: 'sender' }]],
  ['set tracking', ['owner', 'admin'], () => ['PATCH', '', { tracking: 'positions' }]],
  [
    'add a member',
    ['owner', 'admin'],
    () => ['POST', '/members', { memberIds: [idOf('outsider')] }],
  ],
  [
    'add an admin',
    ['owner'],
    () => ['POST', '/members', { memberIds: [idOf('outsider')], role: 'admin' }],
  ],
  ['promote', ['owner'], () => ['PATCH', `/members/${idOf('otherMember')}`, { role: 'admin' }]],
  [
    'promote themselves',
    [],
    (who) => ['PATCH', `/members/${idOf(who)}`, { role: who === 'member' ? 'admin' : 'owner' }],
  ],
  ['demote', ['owner'], () => ['PATCH', `/members/${idOf('otherAdmin')}`, { role: 'member' }]],
  ['hand over', ['owner'], () => ['PATCH', `/members/${idOf('otherMember')}`, { role: 'owner' }]],
  ['remove a member', ['owner', 'admin'], () => ['DELETE', `/members/${idOf('otherMember')}`]],
  ['remove an admin', ['owner'], () => ['DELETE', `/members/${idOf('otherAdmin')}`]],
  ['remove the owner', [], () => ['DELETE', `/members/${idOf('owner')}`]],
  ['leave', ['admin', 'member'], (who) => ['DELETE', `/members/${idOf(who)}`]],
  ["recall another's message", ['owner', 'admin'], () => ['DELETE', '/messages/1']],
  ["remind of another's message", ['owner', 'admin'], () => ['POST', '/messages/1/remind']],
  ['delete the group', ['owner'], () => ['DELETE', '']],
];

/** All that an act could have changed. */
const stateOf = (conversation: Conversation): Promise<unknown> =>
  Promise.all([
    cast.owner.get(conversation.path),
    cast.owner.get(`${conversation.path}/members`),
    conversation.history(cast.owner),
  ]);

async function expectAllowed(who: Role, act: ActOf): Promise<void> {
  const [method, path, body] = act(who);
  const group = await startGroup();
  const { status } = await cast[who].call(method, group.path + path, body);
  expect([who, status]).toEqual([who, 200]);
}

async function expectRefused(who: Role, act: ActOf, group: Conversation): Promise<void> {
  const [method, path, body] = act(who);
  const answer = await cast[who].call(method, group.path + path, body);
  expect([who, answer.status, answer.body.error?.code]).toEqual([who, 403, 'FORBIDDEN']);
}

describe('[TR5] roles decide who may', () => {
  it.each(acts)('%s: %j', async (what, allowed, act) => {
    const refused = (['member', 'admin', 'owner'] as const).filter((who) => !allowed.includes(who));
    const group = await startGroup();
    const before = await stateOf(group);
    // An owner who names themselves owner asks for nothing.
    const asked =
      what === 'promote themselves' ? refused.filter((who) => who !== 'owner') : refused;
    await Promise.all([
      ...allowed.map((who) => expectAllowed(who, act)),
      ...asked.map((who) => expectRefused(who, act, group)),
    ]);
    expect(await stateOf(group)).toEqual(before);
  });

  it('recall what is their own: everyone', async () => {
    const group = await startGroup();
    const { status } = await cast.otherMember.call('DELETE', `${group.path}/messages/1`);
    expect(status).toBe(200);
  });
});

describe('[TR5] handing a group over', () => {
  it('makes the new owner, the old one admin, and tells the members', async () => {
    const { conversation, users: two } = await Conversation.among('alice', 'bob');
    const [alice, bob] = two;
    const client = await bob.connect();
    await giveRole(alice, conversation, bob, 'owner');
    for (const [userId, role] of [
      [bob.userId, 'owner'],
      [alice.userId, 'admin'],
    ] as const) {
      const told = await client.next('member_changed', (frame) => frame.userId === userId);
      expect(told).toMatchObject({ change: 'role', role });
    }
    expect((await alice.call('DELETE', conversation.path)).status).toBe(403);
    expect((await bob.call('DELETE', conversation.path)).status).toBe(200);
  });

  it('is not possible to someone outside', async () => {
    const { conversation, users: two } = await Conversation.among('alice', 'bob');
    const path = `${conversation.path}/members/${idOf('outsider')}`;
    const { status } = await two[0].call('PATCH', path, { role: 'owner' });
    expect(status).toBe(404);
    expect((await conversation.status(two[0])).role).toBe('owner');
  });
});
