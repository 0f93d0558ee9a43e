import { SeenbyServer } from '@seenby/server';
import { describe, expect } from 'vitest';
import { service, uniqueId } from '../../support/wire/service.ts';
import { User } from '../../support/wire/user.ts';
import { itWithBackend as it } from '../support/it-with-backend.ts';

describe('a backend with the package for backends', () => {
  it('keeps groups and members in step, and has the receipts of what it sends', async ({
    token,
  }) => {
    const server = new SeenbyServer({ url: service.httpUrl, getToken: () => token });
    const [ann, bob, cat] = (await User.createAll('ann', 'bob', 'cat')) as [User, User, User];
    const screen = await bob.connect();
    const groupId = uniqueId('room');
    const room = { groupId, name: 'Room', ownerId: ann.userId, memberIds: [bob.userId] };
    const made = await server.createGroup(room);
    expect(made).toMatchObject({ groupId, memberCount: 2, role: 'owner' });
    expect(await server.createGroup(room)).toMatchObject({ groupId, role: 'owner' });
    const other = { ...room, ownerId: cat.userId };
    await expect(server.createGroup(other)).rejects.toMatchObject({ code: 'CONFLICT' });

    const inStep = { added: [cat.userId], removed: [] };
    const wanted = [bob.userId, cat.userId];
    expect(await server.setMembers(groupId, ann.userId, wanted)).toEqual(inStep);
    expect(await server.setMembers(groupId, ann.userId, wanted)).toEqual({
      added: [],
      removed: [],
    });

    const clientMessageId = uniqueId('m');
    const message = await server.as(ann.userId).send(groupId, { clientMessageId });
    expect(message).toMatchObject({ groupId, seq: 1, content: '', senderId: ann.userId });
    expect(await server.as(ann.userId).send(groupId, { clientMessageId })).toEqual(message);
    const read = await server.as(bob.userId).markRead(groupId, { upTo: 1 });
    expect(read).toMatchObject({ readSeq: 1, unreadCount: 0, changed: true });
    const readers = await server
      .as(ann.userId)
      .readers(groupId, 1, { state: 'read', sort: 'time' });
    expect(readers).toMatchObject({ readCount: 2, totalCount: 3 });
    expect(readers.members.map(({ userId }) => userId)).toEqual([bob.userId, ann.userId]);
    expect(await server.as(cat.userId).unread()).toMatchObject({ totalUnreadCount: 1 });

    await server.notify(groupId, 'Maintenance at noon', [bob.userId]);
    expect(await screen.next('system_notification')).toMatchObject({ text: 'Maintenance at noon' });

    const removed = await server.setMembers(groupId, ann.userId, [bob.userId]);
    expect(removed).toEqual({ added: [], removed: [cat.userId] });
    const lost = server.as(cat.userId).group(groupId);
    await expect(lost).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await server.eraseUser(cat.userId);
    expect(await server.as(cat.userId).unread()).toMatchObject({ groups: [] });
    await server.as(ann.userId).deleteGroup(groupId);
    await expect(server.as(bob.userId).group(groupId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
