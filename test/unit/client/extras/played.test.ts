import { expect, it } from 'vitest';
import { SeenbyError } from '../../../../packages/client/src/transport/seenby-error.ts';
import {
  aStatus,
  connectedClient,
  establish,
  groupId,
  memoryStorage,
  scriptedClient,
} from '../support/scripted-client.ts';
import type { ScriptedHost } from '../support/scripted-host.ts';
import { tenMessages } from '../support/ten-messages.ts';

const playsSent = ({ socket }: ScriptedHost) =>
  socket.sentOf('mark_played').map(({ messageId }) => messageId);

async function confirm(host: ScriptedHost, seq: number): Promise<void> {
  const messageId = `${groupId}.${seq}`;
  host.socket.reply('mark_played', { type: 'mark_played_confirmed', messageId, changed: true });
  await host.settle();
}

it('[RD9] what is played is read at once, and told', async () => {
  const { host, group } = await tenMessages();
  group.markPlayed(3);
  expect([group.readSeq, group.countUnread()]).toEqual([3, 7]);
  await host.settle();
  expect(playsSent(host)).toEqual([`${groupId}.3`]);
});

it('[SY5] plays made offline are sent with the next connection, one after the other', async () => {
  const { host, group } = await tenMessages();
  host.socket.drop();
  group.markPlayed(3);
  group.markPlayed(4);
  await host.settle();
  await host.advance(1000);
  await establish(host, aStatus({ lastSeq: 10, readSeq: 2, unreadCount: 8 }));
  expect(playsSent(host)).toEqual([`${groupId}.3`]);
  await confirm(host, 3);
  expect(playsSent(host)).toEqual([`${groupId}.3`, `${groupId}.4`]);
  await confirm(host, 4);
  await host.advance(5000);
  expect(playsSent(host).length).toBe(2);
});

it('[SY5] they survive the page where there is a storage, of their user alone', async () => {
  const storage = memoryStorage();
  const first = await connectedClient({ lastSeq: 10 }, { storage });
  first.host.socket.drop();
  first.group.markPlayed(3);
  await first.host.settle();
  await first.client.close().catch(() => {});
  const next = scriptedClient({ storage });
  void next.client.connect();
  await establish(next.host, aStatus({ lastSeq: 10 }));
  expect(playsSent(next.host)).toEqual([`${groupId}.3`]);
  await confirm(next.host, 3);
  const third = await connectedClient({ lastSeq: 10 }, { storage });
  expect(playsSent(third.host)).toEqual([]);
});

it('[FA5] a play is sent again after a failure that may pass, and given up after one that does not', async () => {
  const { host, group } = await tenMessages();
  const errors: string[] = [];
  group.on('error', ({ error }) => {
    errors.push(error.code);
    expect(error).toBeInstanceOf(SeenbyError);
  });
  group.markPlayed(3);
  await host.settle();
  const refuse = (code: 'INTERNAL' | 'BAD_REQUEST') =>
    host.socket.reply('mark_played', { type: 'error', code, message: 'No.' });
  refuse('INTERNAL');
  await host.advance(2000);
  expect(playsSent(host).length).toBe(2);
  refuse('BAD_REQUEST');
  await host.advance(10_000);
  expect([playsSent(host).length, errors]).toEqual([2, ['BAD_REQUEST']]);
});
