import { describe, expect, it } from 'vitest';
import {
  aMessage,
  aStatus,
  connectedClient,
  establish,
  groupId,
  me,
  pushed,
} from '../support/scripted-client.ts';
import type { ScriptedHost } from '../support/scripted-host.ts';
import { confirmSubscription, countRequests, counts, openGroup } from '../support/with-counts.ts';

const unknownVersion = 0;

const changeReceipts = ({ socket }: ScriptedHost) =>
  socket.push({ type: 'receipts_changed', groupId });

/** Confirms that the group is open. */
async function open(host: ScriptedHost, version: number, lastSeq = 10) {
  await host.settle();
  confirmSubscription(host, version, lastSeq);
  await host.settle();
}

async function reconnect(host: ScriptedHost, version: number) {
  host.socket.drop();
  await host.advance(1000);
  await establish(host, aStatus({ lastSeq: 10, readSeq: 10 }));
  await open(host, version);
}

describe('[PU4] counts of a group whose version is not told', () => {
  it('are asked for whenever it is opened: a push of them may have been lost', async () => {
    const { host, group } = await connectedClient({ lastSeq: 10, readSeq: 10 });
    host.answer = () => ({ body: { version: 7, counts: [counts(1, 10, 2)] } });
    void group.subscribe();
    await open(host, unknownVersion);
    expect(countRequests(host)).toHaveLength(1);
    void group.unsubscribe();
    await host.settle();
    void group.subscribe();
    await open(host, unknownVersion);
    expect(countRequests(host)).toHaveLength(2);
    await reconnect(host, unknownVersion);
    expect(countRequests(host)).toHaveLength(3);
  });

  it('are asked for again when others may be seen', async () => {
    const { host } = await openGroup();
    changeReceipts(host);
    await open(host, unknownVersion);
    expect(countRequests(host)).toHaveLength(2);
  });

  it('are asked for once there are messages', async () => {
    const { host, group } = await connectedClient({ lastSeq: 0, readSeq: 0 });
    host.answer = () => ({ body: { version: 7, counts: [] } });
    void group.subscribe();
    await open(host, unknownVersion, 0);
    host.socket.push(pushed(1));
    void group.unsubscribe();
    await host.settle();
    void group.subscribe();
    await open(host, unknownVersion, 1);
    expect(countRequests(host)).toHaveLength(1);
  });
});

describe('[PU4] counts that did not come', () => {
  /** An open group whose first request for counts failed. */
  async function failed() {
    const scripted = await connectedClient({ lastSeq: 10, readSeq: 10 });
    scripted.host.answer = () => new Error('no network');
    void scripted.group.subscribe();
    await open(scripted.host, 7);
    scripted.host.answer = () => ({ body: { version: 8, counts: [counts(1, 10, 2)] } });
    return scripted;
  }

  it('are asked for again after two to four seconds', async () => {
    const { host } = await failed();
    await host.advance(2999);
    expect(countRequests(host)).toHaveLength(1);
    await host.advance(1);
    expect(countRequests(host)).toHaveLength(2);
  });

  it('are not asked for without a connection: the next one does', async () => {
    const { host } = await failed();
    host.socket.drop();
    await host.advance(4000);
    expect(countRequests(host)).toHaveLength(1);
  });

  it('are not asked for any more when others may be seen by then', async () => {
    const { host } = await failed();
    changeReceipts(host);
    await open(host, 8);
    expect(countRequests(host)).toHaveLength(2);
    await host.advance(10_000);
    expect(countRequests(host)).toHaveLength(2);
  });

  it('are no error when others may be seen meanwhile', async () => {
    const { client, host, group } = await connectedClient({ lastSeq: 10, readSeq: 10 });
    const errors: unknown[] = [];
    client.on('error', (error) => errors.push(error));
    host.answer = () => {
      changeReceipts(host);
      return { status: 400, body: { error: { code: 'BAD_REQUEST', message: 'No.' } } };
    };
    void group.subscribe();
    await open(host, 7);
    expect(countRequests(host)).toHaveLength(1);
    expect(errors).toEqual([]);
  });

  it('[TR1] are no error where the group is not to be seen', async () => {
    const { client, host } = await openGroup();
    const errors: unknown[] = [];
    client.on('error', (error) => errors.push(error));
    const error = { code: 'NOT_FOUND', message: 'There is no such group.' };
    host.answer = () => ({ status: 404, body: { error } });
    await reconnect(host, 8);
    expect(countRequests(host)).toHaveLength(2);
    expect(errors).toEqual([]);
  });
});

describe('counts that come with messages', () => {
  it('are taken where all four of them are there', async () => {
    const { host, group } = await connectedClient({ lastSeq: 5, readSeq: 5 });
    const { fromSeq: _from, toSeq: _to, ...all } = counts(1, 1, 2);
    const messages = Object.keys(all).map((left, i) => ({
      ...aMessage(i + 2),
      ...all,
      [left]: undefined,
    }));
    host.answer = () => ({
      body: { messages: [{ ...aMessage(1), ...all }, ...messages], lastSeq: 5 },
    });
    const told: unknown[] = [];
    group.on('receipt', ({ ranges }) => told.push(ranges));
    await group.history({ limit: 5 });
    expect(told).toEqual([[{ from: 1, to: 1 }]]);
  });

  it('have no reader of a message without a sender', async () => {
    const { host, group } = await connectedClient({ lastSeq: 2, readSeq: 2 });
    const { fromSeq: _from, toSeq: _to, ...counted } = counts(1, 1, 2);
    const gone = aMessage(2, { senderId: '', content: '', recalled: true });
    host.answer = () => ({
      body: { messages: [{ ...aMessage(1), ...counted }, gone], lastSeq: 2 },
    });
    await group.history({ limit: 2 });
    expect(group.parts.receipts.tracker.get(2, false)).toMatchObject({ read: 0 });
  });
});

it('a screen is not told of counts that it shows already', async () => {
  const { host, group } = await openGroup();
  let told = 0;
  group.subscribeState(() => {
    told += 1;
  });
  const update = { type: 'read_status_update', groupId } as const;
  host.socket.push({ ...update, version: 8, counts: [counts(1, 10, 2)] });
  host.socket.push(update);
  await host.settle();
  expect(told).toBe(0);
  const receipt = { userId: me, kind: 'read', fromSeq: 9, toSeq: 9, at: 1 } as const;
  host.socket.push({ ...update, version: 9, counts: [counts(3, 3, 3)], receipts: [receipt] });
  await host.settle();
  expect(told).toBe(1);
});
