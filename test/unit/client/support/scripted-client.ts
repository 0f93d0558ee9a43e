import type { GroupStatus, Message } from '@seenby/protocol/entities.ts';
// Loaded here, so that no test waits for it.
import '../../../../packages/client/src/extras/extras.ts';
import type { SeenbyStorage } from '../../../../packages/client/src/pending/seenby-storage.ts';
import { SeenbyClient } from '../../../../packages/client/src/seenby-client.ts';
import type { ReceivedFrame } from '../../../../packages/client/src/transport/websocket-transport.ts';
import { ScriptedHost, type ScriptedHostOptions } from './scripted-host.ts';

export const me = 'me';
export const groupId = 'team';

export interface ScriptedClientOptions extends ScriptedHostOptions {
  storage?: SeenbyStorage;
  httpUrl?: string;
  getToken?: () => string | Promise<string>;
  /** None, where a test does not say. */
  prefetchGroups?: number;
}

/** A client and the hands that move its world. */
export function scriptedClient(options: ScriptedClientOptions = {}) {
  const host = new ScriptedHost(options);
  const client = new SeenbyClient({
    url: 'wss://sockets.test/v1',
    httpUrl: options.httpUrl ?? 'https://api.test/',
    getToken: options.getToken ?? (() => 'token'),
    prefetchGroups: options.prefetchGroups ?? 0,
    ...(options.storage && { storage: options.storage }),
    environment: host.environment,
  });
  return { host, client, group: client.group(groupId) };
}

export const aStatus = (with_: Partial<GroupStatus> = {}): GroupStatus => ({
  ...{ groupId, name: 'Team', role: 'member', tracking: 'receipts' },
  ...{ lastSeq: 0, readSeq: 0, unreadCount: 0, mentionCount: 0 },
  visibility: 'members',
  ...with_,
  stateVersion: versionOf(with_.stateVersion ?? 1, with_.lastSeq ?? 0),
});

/** As the service makes them: of the revision of the member's row, and of the group. */
export const versionOf = (revision: number, lastSeq: number, recalled = 0): number =>
  revision < 2 ** 28 ? revision * 2 ** 28 + lastSeq + recalled : revision;

/** A member's own standing, as every frame carries it. */
export const standing = (
  readSeq: number,
  unreadCount: number,
  lastSeq: number,
  revision: number,
  mentionCount = 0,
  recalled = 0,
) => ({
  ...{ groupId, readSeq, unreadCount, mentionCount, lastSeq },
  stateVersion: versionOf(revision, lastSeq, recalled),
});

export const established = (...groups: GroupStatus[]): ReceivedFrame => ({
  ...{ type: 'connection_established', userId: me, connectionId: 'c=' },
  ...{ totalUnreadCount: groups.reduce((sum, { unreadCount }) => sum + unreadCount, 0), groups },
});

export const aMessage = (seq: number, with_: Partial<Message> = {}): Message => ({
  ...{ messageId: `${groupId}.${seq}`, groupId, seq, senderId: 'ann', messageType: 'text' },
  ...{ content: `Message ${seq}`, createdAt: seq * 1000, clientMessageId: `m-${seq}` },
  ...with_,
});

export const pushed = (seq: number, with_: Partial<Message> = {}): ReceivedFrame => ({
  ...{ type: 'new_message', groupId, message: aMessage(seq, with_) },
});

/** Opens the newest socket and answers its hello. */
export const establish = (host: ScriptedHost, ...groups: GroupStatus[]): Promise<void> =>
  answerHello(host, established(...groups));

export async function answerHello(host: ScriptedHost, reply: ReceivedFrame): Promise<void> {
  await host.settle();
  host.socket.open();
  await host.settle();
  host.socket.reply('hello', reply);
  await host.settle();
}

/** A client that is connected, with one group. */
export async function connectedClient(
  status: Partial<GroupStatus> = {},
  options: ScriptedClientOptions = {},
) {
  const scripted = scriptedClient(options);
  void scripted.client.connect();
  await establish(scripted.host, aStatus(status));
  return scripted;
}

/** Storage that two clients may share. */
export function memoryStorage(): SeenbyStorage & { size: () => number } {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    size: () => items.size,
  };
}
