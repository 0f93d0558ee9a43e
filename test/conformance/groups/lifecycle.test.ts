import { describe, expect, it } from 'vitest';
import { groupWithMessages } from '../../support/fixtures/group-with-messages.ts';
import { Conversation } from '../../support/wire/conversation.ts';
import {
  changeSettings,
  deleteGroup,
  giveRole,
  removeMember,
} from '../../support/wire/group-acts.ts';
import { settle } from '../../support/wire/settle.ts';
import type { User } from '../../support/wire/user.ts';
import type { WireClient } from '../../support/wire/wire-client.ts';

/** Every device of somebody, with the group open on one of them. */
const devicesOf = (user: User, groupId: string) =>
  Promise.all([user.subscribe(groupId), user.connect()]);

const removalsSeenBy = (client: WireClient) =>
  client.received('group_removed').map(({ groupId, reason }) => ({ groupId, reason }));

describe('[PU1][PU5] every connection of who loses a group is told so', () => {
  it.each(['removed', 'left', 'deleted'] as const)('when it is %s', async (reason) => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    const { groupId } = conversation;
    const devices = await devicesOf(bob, groupId);
    const other = await carol.connect();
    if (reason === 'removed') await removeMember(alice, conversation, bob);
    if (reason === 'left') await removeMember(bob, conversation, bob);
    if (reason === 'deleted') await deleteGroup(alice, conversation);
    await Promise.all(devices.map((device) => device.next('group_removed')));
    await settle(other);
    for (const device of devices) expect(removalsSeenBy(device)).toEqual([{ groupId, reason }]);
    expect(removalsSeenBy(other)).toEqual(reason === 'deleted' ? [{ groupId, reason }] : []);
  });
});

describe('[TR7] who has a group open is told that they see other receipts', () => {
  it('when its tracking or its visibility changes, and not when it is renamed', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const { groupId } = conversation;
    const [open, closed] = await devicesOf(bob, groupId);
    await changeSettings(alice, conversation, { visibility: 'sender' });
    await open.next('receipts_changed');
    await changeSettings(alice, conversation, { tracking: 'positions' });
    await changeSettings(alice, conversation, { name: 'Another' });
    await closed.next('group_changed', ({ name }) => name === 'Another');
    await settle(open, closed);
    expect(open.received('receipts_changed')).toHaveLength(2);
    expect(closed.received('receipts_changed')).toEqual([]);
    expect(
      closed.received('group_changed').map(({ visibility, tracking }) => [visibility, tracking]),
    ).toEqual([
      ['sender', 'receipts'],
      ['sender', 'positions'],
      ['sender', 'positions'],
    ]);
  });

  it('when a role lets them see more', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    const screen = await bob.subscribe(conversation.groupId);
    await giveRole(alice, conversation, bob, 'admin');
    await changeSettings(alice, conversation, { visibility: 'admins' });
    await screen.next('receipts_changed');
    await giveRole(alice, conversation, bob, 'member');
    await giveRole(alice, conversation, bob, 'member');
    await screen.next('receipts_changed');
    await settle(screen);
    expect(screen.received('receipts_changed')).toHaveLength(2);
  });

  it('when one of a direct chat opts out, and not when they say so twice', async () => {
    const { conversation, users } = await groupWithMessages(1, { memberCount: 2, kind: 'direct' });
    const [alice, bob] = users;
    const screen = await alice.subscribe(conversation.groupId);
    for (const readReceipts of [true, false, false]) {
      await bob.call('PUT', '/me/settings', { readReceipts });
    }
    await screen.next('receipts_changed');
    await settle(screen);
    expect(screen.received('receipts_changed')).toHaveLength(1);
  });
});

it('[PU1] a change that changes nothing is told to nobody', async () => {
  const { conversation, users } = await Conversation.among('alice', 'bob');
  const [alice, bob] = users;
  const client = await bob.connect();
  await changeSettings(alice, conversation, { name: 'A group', visibility: 'members' });
  await giveRole(alice, conversation, bob, 'member');
  await settle(client);
  expect(client.received('group_changed')).toEqual([]);
  expect(client.received('member_changed')).toEqual([]);
});
