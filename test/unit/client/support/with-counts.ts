import type { CountRange } from '@seenby/protocol/entities.ts';
import { connectedClient, groupId, versionOf } from './scripted-client.ts';
import type { ScriptedHost } from './scripted-host.ts';

/** Of four members, who all have what they have read. */
export const counts = (fromSeq: number, toSeq: number, readCount: number): CountRange => ({
  ...{ fromSeq, toSeq, readCount, unreadCount: 4 - readCount },
  ...{ deliveredCount: readCount, totalCount: 4 },
});

export const confirmSubscription = (host: ScriptedHost, version: number, lastSeq: number): void =>
  host.socket.reply('subscribe_group', {
    ...{ type: 'subscription_confirmed', groupId, lastSeq, readSeq: lastSeq, unreadCount: 0 },
    ...{ mentionCount: 0, stateVersion: versionOf(1, lastSeq), version },
  });

/** What was asked for counts, by path and query. */
export const countRequests = (host: ScriptedHost) =>
  host.requests
    .filter(({ method, path }) => method === 'GET' && path.includes('/receipts'))
    .map(({ path }) => path);

/** A group of four members and ten messages, open, whose first counts are of version 7. */
export async function openGroup() {
  const scripted = await connectedClient({ lastSeq: 10, readSeq: 10 });
  const { host, group } = scripted;
  host.answer = () => ({ body: { version: 7, counts: [counts(1, 10, 2)] } });
  void group.subscribe();
  await host.settle();
  confirmSubscription(host, 7, 10);
  await host.settle();
  return scripted;
}
