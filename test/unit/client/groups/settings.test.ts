import type { GroupStatus } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import { aStatus, established, groupId, me, pushed, standing } from '../support/scripted-client.ts';
import type { ScriptedHost } from '../support/scripted-host.ts';
import { tenMessages } from '../support/ten-messages.ts';
import { answerStatuses, statusesAsked } from '../support/ten-with-state.ts';

const counts = (fromSeq: number, toSeq: number, readCount: number) => ({
  ...{ fromSeq, toSeq, readCount, unreadCount: 4 - readCount },
  ...{ deliveredCount: readCount, totalCount: 4 },
});

const confirmSubscription = async (host: ScriptedHost, version = 7) => {
  await host.settle();
  host.socket.reply('subscribe_group', {
    ...{ type: 'subscription_confirmed', version },
    ...standing(2, 8, 10, 1),
  });
  await host.settle();
};

/** Ten messages on the screen, the third of them own, each read by two of four. */
async function shown(status: Partial<GroupStatus> = {}) {
  const scripted = await tenMessages({ status, changed: { 3: { senderId: me } } });
  const { host, group } = scripted;
  host.answer = () => ({ body: { version: 7, counts: [counts(1, 10, 2)] } });
  void group.subscribe();
  await confirmSubscription(host);
  return scripted;
}

const change = ({ socket }: ScriptedHost, settings: Partial<GroupStatus>) => {
  const { name, tracking, visibility } = aStatus(settings);
  socket.push({ type: 'group_changed', groupId, name, tracking, visibility });
};

describe('[TR7] a change of', () => {
  it('the name is shown at once, and what holds in the end is asked for', async () => {
    const { client, host, group } = await shown();
    const told: object[] = [];
    group.on('group', (event) => told.push(event));
    change(host, { name: 'Crew' });
    expect([group.status?.name, client.groups()[0]?.name, told]).toEqual([
      ...['Crew', 'Crew', [{ groupId }]],
    ]);
    await host.advance(10_000);
    expect(statusesAsked(host)).toEqual([[groupId]]);
    const named = aStatus({ ...standing(2, 8, 10, 1), name: 'Last name' });
    await answerStatuses(host, [named]);
    expect(group.status?.name).toBe('Last name');
    expect(group.getReceipt(4)?.read).toBe(2);
  });

  it('nothing costs nothing', async () => {
    const { host } = await shown();
    change(host, {});
    await host.advance(10_000);
    expect(statusesAsked(host)).toEqual([]);
  });

  it('the tracking hides all counts, whatever is still on its way', async () => {
    const { host, group } = await shown();
    change(host, { tracking: 'positions' });
    const update = { type: 'read_status_update', groupId, version: 8 } as const;
    host.socket.push({ ...update, counts: [counts(1, 10, 3)] });
    expect([group.status?.tracking, group.getReceipt(3), group.getReceipt(4)]).toEqual([
      ...['positions', undefined, undefined],
    ]);
  });

  it('the tracking shows what may be seen', async () => {
    const { host, group } = await shown({ tracking: 'positions' });
    expect(group.getReceipt(4)).toBeUndefined();
    change(host, { tracking: 'receipts' });
    await confirmSubscription(host);
    expect(group.getReceipt(4)?.read).toBe(2);
  });

  it('the visibility leaves the counts of own messages', async () => {
    const { host, group } = await shown();
    change(host, { visibility: 'sender' });
    host.answer = () => ({ body: { version: 7, counts: [counts(3, 3, 2)] } });
    await confirmSubscription(host);
    const update = { type: 'read_status_update', groupId, version: 7 } as const;
    host.socket.push({ ...update, counts: [counts(1, 10, 3)] });
    expect([3, 4].map((seq) => group.getReceipt(seq)?.total)).toEqual([4, undefined]);
  });

  it('one’s own role shows or hides what it decides about', async () => {
    const { host, group } = await shown({ visibility: 'admins' });
    const changed = { type: 'member_changed', groupId, userId: me, change: 'role' } as const;
    expect(group.getReceipt(4)).toBeUndefined();
    host.socket.push({ ...changed, role: 'admin' });
    expect(group.status?.role).toBe('admin');
    await confirmSubscription(host);
    expect(group.getReceipt(4)?.read).toBe(2);
    host.socket.push({ ...changed, role: 'member' });
    expect([group.status?.role, group.getReceipt(4)]).toEqual(['member', undefined]);
  });

  it('one’s own role counts though a mark was answered while it was asked for', async () => {
    const { host, group } = await shown();
    host.socket.push({ type: 'read_position', ...standing(9, 1, 10, 5) });
    host.socket.push(established(aStatus({ ...standing(2, 8, 10, 3), role: 'admin' })));
    await host.settle();
    expect(group.status).toMatchObject({ role: 'admin', readSeq: 9, unreadCount: 1 });
  });

  it('somebody else’s role is not one’s own', async () => {
    const { host, group } = await shown();
    const changed = { type: 'member_changed', groupId, userId: 'ann', change: 'role' } as const;
    host.socket.push({ ...changed, role: 'admin' });
    expect(group.status?.role).toBe('member');
  });
});

describe('[TR7] counts', () => {
  it('are dropped and asked for again when others may be seen', async () => {
    const { host, group } = await shown();
    const receipt = { userId: 'bo', kind: 'read', fromSeq: 3, toSeq: 3, at: 1 } as const;
    host.socket.push({ type: 'read_status_update', groupId, receipts: [receipt] });
    host.socket.push({ type: 'receipts_changed', groupId });
    expect(group.getReceipt(3)).toBeUndefined();
    host.answer = () => ({ body: { version: 7, counts: [counts(1, 10, 1)] } });
    await confirmSubscription(host);
    expect(group.getReceipt(3)?.read).toBe(1);
  });

  it('that were asked for before are not taken', async () => {
    const { host, group } = await shown();
    const [before, after] = [counts(1, 10, 4), counts(1, 10, 1)];
    let isAsked = false;
    host.answer = () => {
      // It changes while the first answer is on its way.
      if (!isAsked) host.socket.push({ type: 'receipts_changed', groupId });
      const answer = { body: { version: 8, counts: [isAsked ? after : before] } };
      isAsked = true;
      return answer;
    };
    host.socket.push({ type: 'receipts_changed', groupId });
    await confirmSubscription(host, 8);
    expect(group.getReceipt(3)).toBeUndefined();
    await confirmSubscription(host, 8);
    expect(group.getReceipt(3)?.read).toBe(1);
  });

  it('that HTTP refuses do not stay', async () => {
    const { host, group } = await shown();
    const error = { code: 'FORBIDDEN', message: 'Not for you.' };
    host.answer = () => ({ status: 403, body: { error } });
    host.socket.push({ type: 'subscription_confirmed', version: 9, ...standing(2, 8, 10, 1) });
    await host.settle();
    expect(group.getReceipt(3)).toBeUndefined();
  });
});

it('[RD5] the sender of a message counts as its reader at once', async () => {
  const { host, group } = await shown();
  host.socket.push(pushed(11));
  expect(group.getReceipt(11)).toMatchObject({ read: 1, unread: 3, total: 4 });
});
