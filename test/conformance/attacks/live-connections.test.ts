import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { addMembers, giveRole, removeMember } from '../../support/wire/group-acts.ts';
import { observe } from '../../support/wire/observation.ts';
import { settle } from '../../support/wire/settle.ts';
import { User } from '../../support/wire/user.ts';
import type { Frame } from '../../support/wire/wire-client.ts';

const isAbout =
  (groupId: string) =>
  (frame: Frame): boolean =>
    'groupId' in frame && frame.groupId === groupId;

describe('on a connection that stays open', () => {
  it('[PU5] [SE2] a member who was removed is told that, then nothing, and does nothing more', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob', 'carol');
    const [alice, bob, carol] = users;
    const { groupId } = conversation;
    await conversation.say(alice);
    const device = await bob.subscribe(groupId);
    const other = await carol.subscribe(groupId);
    await removeMember(alice, conversation, bob);
    await device.next('group_removed');
    const seen = device.frames.length;
    const remaining = new Conversation(groupId, [alice, carol]);
    const before = await observe(remaining);
    const frames = [
      { type: 'send_message', groupId, clientMessageId: 'late', content: 'Still here' },
      { type: 'mark_read', groupId, upTo: 1 },
      { type: 'mark_delivered', messageIds: [`${groupId}.1`] },
      { type: 'mark_unread', groupId, fromSeq: 1 },
      { type: 'typing', groupId },
      { type: 'subscribe_group', groupId },
    ];
    for (const frame of frames) {
      const [reply] = await device.request(frame);
      expect([frame.type, reply]).toMatchObject([frame.type, { code: 'NOT_FOUND' }]);
    }
    expect(await observe(remaining)).toEqual(before);
    await conversation.say(carol);
    await conversation.read(alice, 2);
    await other.next('new_message');
    await settle(device, other);
    const pushed = device.frames.slice(seen).filter(({ requestId }) => requestId === undefined);
    expect(pushed.filter(isAbout(groupId))).toEqual([]);
  });

  it('[TR3] [TR7] an admin whose role was taken is told no reading of others any more, and has no power left', async () => {
    const [owner, admin, author] = (await User.createAll('owner', 'admin', 'author')) as [
      User,
      User,
      User,
    ];
    const conversation = await Conversation.start([owner, author], { visibility: 'admins' });
    await addMembers(owner, conversation, [admin], 'admin');
    const { groupId, path } = conversation;
    await conversation.say(author);
    const device = await admin.subscribe(groupId);
    await giveRole(owner, conversation, admin, 'member');
    await device.next('receipts_changed');
    const seen = device.frames.length;
    const before = await observe(new Conversation(groupId, [owner, author]));
    const refused: [method: string, path: string, body?: object][] = [
      ['GET', `${path}/messages/1/receipts`],
      ['GET', `${path}/positions`],
      ['GET', `${path}/stats/members`],
      ['DELETE', `${path}/messages/1`],
      ['POST', `${path}/messages/1/remind`],
      ['PATCH', path, { name: 'Mine' }],
      ['POST', `${path}/members`, { memberIds: ['friend'] }],
      ['DELETE', `${path}/members/${author.userId}`],
      ['PATCH', `${path}/members/${admin.userId}`, { role: 'admin' }],
    ];
    for (const [method, route, body] of refused) {
      const { status, body: answer } = await admin.call(method, route, body);
      expect([method, route, status, answer.error.code]).toEqual([
        ...[method, route, 403, 'FORBIDDEN'],
      ]);
    }
    expect(await observe(new Conversation(groupId, [owner, author]))).toEqual(before);
    const watcher = await author.connect();
    await conversation.read(owner, 1);
    await watcher.next('read_status_update');
    await settle(device, watcher);
    const told = device.frames.slice(seen).filter(({ type }) => type === 'read_status_update');
    expect(told).toEqual([]);
  });
});
