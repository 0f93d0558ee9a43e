import { describe, expect, it } from 'vitest';
import {
  aMessage,
  aStatus,
  connectedClient,
  establish,
  groupId,
  me,
  pushed,
} from './support/scripted-client.ts';
import { confirmSubscription, countRequests, counts, openGroup } from './support/with-counts.ts';

describe('receipts', () => {
  it('are there once the group is open, and follow what is pushed', async () => {
    const { host, group } = await openGroup();
    expect(countRequests(host)).toEqual([`/groups/${groupId}/receipts?from=1&to=10`]);
    expect(group.getReceipt(3)).toMatchObject({ read: 2, unread: 2, total: 4, status: 'sent' });
    const told: unknown[] = [];
    group.on('receipt', ({ ranges, receipts }) => told.push([ranges, receipts.length]));
    const update = { type: 'read_status_update', groupId } as const;
    host.socket.push({ ...update, version: 9, counts: [counts(2, 3, 4)] });
    host.socket.push({ ...update, version: 8, counts: [counts(2, 3, 3)] });
    host.socket.push({ ...update, version: 9, counts: [counts(2, 3, 4)] });
    const receipt = { userId: 'ann', kind: 'read', fromSeq: 9, toSeq: 10, at: 1 } as const;
    host.socket.push({ ...update, receipts: [receipt] });
    host.socket.push({ ...update, receipts: [receipt] });
    expect(told).toEqual([
      [[{ from: 2, to: 3 }], 0],
      [[{ from: 9, to: 10 }], 1],
    ]);
    expect(group.getReceipt(3)?.status).toBe('read');
  });

  it('tell who plays what they had read, though that changes no count', async () => {
    const { host, group } = await openGroup();
    const told: unknown[] = [];
    group.on('receipt', (event) => told.push(event));
    const at9 = { userId: 'ann', fromSeq: 9, toSeq: 9, at: 1 } as const;
    const update = { type: 'read_status_update', groupId } as const;
    host.socket.push({ ...update, receipts: [{ ...at9, kind: 'read' }] });
    const played = { ...at9, kind: 'played', at: 2 } as const;
    host.socket.push({ ...update, receipts: [played] });
    expect(told.at(-1)).toEqual({ groupId, ranges: [{ from: 9, to: 9 }], receipts: [played] });
    expect(told.length).toBe(2);
  });

  it('of an own message count its sender, and readers as soon as they are known', async () => {
    const { host, group } = await openGroup();
    host.socket.push(pushed(11, { senderId: me }));
    expect(group.getReceipt(11)).toMatchObject({ read: 1, unread: 3, total: 4 });
    const receipt = { userId: 'ann', kind: 'read', fromSeq: 11, toSeq: 11, at: 1 } as const;
    host.socket.push({ type: 'read_status_update', groupId, receipts: [receipt] });
    expect(group.getReceipt(11)).toMatchObject({ read: 2, unread: 2, delivered: 2 });
  });

  it('[PU4] are fetched anew after a connection only if the group has moved', async () => {
    const { host, group } = await openGroup();
    for (const [version, requests] of [
      [7, 1],
      [8, 2],
      [8, 2],
    ] as const) {
      host.answer = () => ({ body: { version, counts: [counts(1, 10, 3)] } });
      host.socket.drop();
      await host.advance(1000);
      await establish(host, aStatus({ lastSeq: 10, readSeq: 10 }));
      confirmSubscription(host, version, 10);
      await host.settle();
      expect(countRequests(host)).toHaveLength(requests);
    }
    expect(group.getReceipt(1)?.read).toBe(3);
  });

  it('[PU4] are asked for again when the answer does not come', async () => {
    const { host, group } = await connectedClient({ lastSeq: 10, readSeq: 10 });
    host.answer = () => new Error('no network');
    void group.subscribe();
    await host.settle();
    confirmSubscription(host, 7, 10);
    await host.settle();
    const limited = { code: 'RATE_LIMITED', message: 'Too often.', retryAfterMs: 9000 };
    host.answer = () => ({ status: 429, body: { error: limited } });
    await host.advance(4000);
    expect(countRequests(host)).toHaveLength(2);
    host.answer = () => ({ body: { version: 7, counts: [counts(1, 10, 2)] } });
    await host.advance(4000);
    expect(countRequests(host)).toHaveLength(2);
    await host.advance(5000);
    expect(group.getReceipt(10)?.read).toBe(2);
    await host.advance(60_000);
    expect(countRequests(host)).toHaveLength(3);
  });

  it('[TR1] that nobody may see are not asked for, nor complained about', async () => {
    const { client, host, group } = await connectedClient({ lastSeq: 10, readSeq: 10 });
    const errors: unknown[] = [];
    client.on('error', (error) => errors.push(error));
    const error = { code: 'FORBIDDEN', message: 'This group does not show you who has read.' };
    host.answer = () => ({ status: 403, body: { error } });
    void group.subscribe();
    await host.settle();
    confirmSubscription(host, 7, 10);
    await host.settle();
    expect(group.getReceipt(10)).toBeUndefined();
    expect(errors).toEqual([]);

    const secret = await connectedClient({ lastSeq: 10, tracking: 'positions' });
    void secret.group.subscribe();
    await secret.host.settle();
    confirmSubscription(secret.host, 10, 10);
    await secret.host.settle();
    expect(secret.host.requests).toEqual([]);
  });

  it('of many messages are asked for by the thousand, and again while any of them is older', async () => {
    const { host, group } = await connectedClient({ lastSeq: 2001, readSeq: 2001 });
    const messages = Array.from({ length: 2001 }, (_, i) => aMessage(i + 1));
    host.answer = () => ({ body: { messages, lastSeq: 2001 } });
    await group.history();
    const path = (from: number, to: number) => `/groups/${groupId}/receipts?from=${from}&to=${to}`;
    const all = [path(1, 1000), path(1001, 2000), path(2001, 2001)];
    host.answer = (request) => ({ body: { version: request.path === all[1] ? 6 : 7, counts: [] } });
    void group.subscribe();
    await host.settle();
    confirmSubscription(host, 7, 2001);
    await host.settle();
    expect(countRequests(host)).toEqual(all);
    for (const requests of [6, 6]) {
      host.answer = () => ({ body: { version: 7, counts: [] } });
      host.socket.drop();
      await host.advance(1000);
      await establish(host, aStatus({ lastSeq: 2001, readSeq: 2001 }));
      confirmSubscription(host, 7, 2001);
      await host.settle();
      expect(countRequests(host)).toHaveLength(requests);
    }
  });

  it('that cannot be had for another reason are an error that the application learns of', async () => {
    const { client, host, group } = await connectedClient({ lastSeq: 10, readSeq: 10 });
    const errors: unknown[] = [];
    client.on('error', (each) => errors.push(each));
    const error = { code: 'BAD_REQUEST', message: 'No.' };
    host.answer = () => ({ status: 400, body: { error } });
    void group.subscribe();
    await host.settle();
    confirmSubscription(host, 7, 10);
    await host.settle();
    expect(errors).toEqual([{ error: expect.objectContaining({ code: 'BAD_REQUEST' }), groupId }]);
  });

  it('of a group without messages are not asked for', async () => {
    const { host, group } = await connectedClient({ lastSeq: 0, readSeq: 0 });
    void group.subscribe();
    await host.settle();
    confirmSubscription(host, 3, 0);
    await host.settle();
    expect(countRequests(host)).toEqual([]);
  });

  it('come with the messages that are loaded, and give way to any that have a version', async () => {
    const { host, group } = await connectedClient({ lastSeq: 3, readSeq: 3 });
    const { fromSeq: _from, toSeq: _to, ...counted } = counts(1, 1, 2);
    const { totalCount: _total, ...partly } = counted;
    const { readCount: _read, ...without } = counted;
    const messages = [
      { ...aMessage(1), ...counted },
      { ...aMessage(2, { senderId: me }), ...partly },
      { ...aMessage(3), ...without },
    ];
    const told: unknown[] = [];
    group.on('receipt', ({ ranges, receipts }) => told.push([ranges, receipts]));
    host.answer = () => ({ body: { messages, lastSeq: 3 } });
    await group.history({ limit: 3 });
    expect(told).toEqual([[[{ from: 1, to: 1 }], []]]);
    expect(group.getReceipt(1)).toMatchObject({ read: 2, total: 4 });
    // Their counts are those of the one before, as far as the sender alone has read them.
    expect([2, 3].map((seq) => group.getReceipt(seq)?.read)).toEqual([1, 1]);
    host.socket.push({
      ...{ type: 'read_status_update', groupId, version: 1, counts: [counts(1, 1, 1)] },
    });
    expect(group.getReceipt(1)).toMatchObject({ read: 1 });
    await group.history({ limit: 3 });
    expect(group.getReceipt(1)).toMatchObject({ read: 1 });
  });

  it('[PU9] tell at once who has received a message; it is counted with the next push', async () => {
    const { host, group } = await openGroup();
    const told: unknown[] = [];
    group.on('receipt', (each) => told.push(each));
    const update = { type: 'read_status_update', groupId } as const;
    const receipt = { userId: 'ann', kind: 'delivered', fromSeq: 9, toSeq: 10, at: 1 } as const;
    host.socket.push({ ...update, receipts: [receipt] });
    host.socket.push({ ...update, receipts: [] });
    host.socket.push(update);
    const ranges = [{ from: 9, to: 10 }];
    expect(told).toEqual([{ groupId, ranges, receipts: [receipt] }]);
    expect(group.getReceipt(9)).toMatchObject({ read: 2, delivered: 2 });
  });

  it('are forgotten and asked for anew when what the user may see changes', async () => {
    const { host, group } = await openGroup();
    host.answer = ({ method }) =>
      method === 'PATCH'
        ? { body: { ...aStatus(), visibility: 'sender' } }
        : { body: { version: 7, counts: [] } };
    await group.update({ visibility: 'sender' });
    expect(group.getReceipt(3)).toBeUndefined();
    await host.settle();
    confirmSubscription(host, 7, 10);
    await host.settle();
    expect(countRequests(host)).toHaveLength(2);
    expect(group.getReceipt(3)).toBeUndefined();
  });
});

describe('opening a group', () => {
  it('rejects where the user may not, and the group is not open', async () => {
    const { host, group } = await connectedClient();
    const refused = expect(group.subscribe()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await host.settle();
    const error = { code: 'NOT_FOUND', message: 'There is no such group.' } as const;
    host.socket.reply('subscribe_group', { type: 'subscription_error', groupId, ...error });
    await refused;
    expect(group.isOpen).toBe(false);
  });

  it('goes by the last word when it changes its mind faster than the service', async () => {
    const { host, group } = await connectedClient();
    void group.subscribe();
    void group.unsubscribe();
    void group.subscribe();
    await host.settle();
    expect(host.socket.sent.map(({ type }) => type)).toEqual(['hello', 'subscribe_group']);
    confirmSubscription(host, 1, 0);
    await host.settle();
    expect(group.isOpen).toBe(true);
    expect(host.socket.sent.at(-1)?.type).toBe('subscribe_group');
  });

  it('lasts until everybody who opened it has closed it', async () => {
    const { host, group } = await openGroup();
    await group.subscribe();
    await group.unsubscribe();
    expect(host.socket.sentOf('unsubscribe_group')).toHaveLength(0);
    void group.unsubscribe();
    await host.settle();
    expect(host.socket.sentOf('unsubscribe_group')).toHaveLength(1);
  });
});
