import type { GroupHandle } from '../../client/group-handle.ts';
import {
  aMessage,
  connectedClient,
  groupId,
  type ScriptedClientOptions,
} from './scripted-client.ts';
import type { ScriptedHost } from './scripted-host.ts';

/** A group of ten messages, the first two read, all loaded. */
export async function tenMessages(options: ScriptedClientOptions = {}) {
  const scripted = await connectedClient({ lastSeq: 10, readSeq: 2, unreadCount: 8 }, options);
  await load(scripted.host, scripted.group);
  return scripted;
}

async function load(host: ScriptedHost, group: GroupHandle): Promise<void> {
  const messages = Array.from({ length: 10 }, (_, i) => aMessage(i + 1));
  host.answer = () => ({ body: { messages, lastSeq: 10 } });
  await group.history({ limit: 10 });
}

export const confirmRead = (
  host: ScriptedHost,
  readSeq: number,
  unreadCount: number,
): Promise<void> => {
  host.socket.reply('mark_read', {
    ...{ type: 'mark_read_confirmed', groupId, readSeq, unreadCount, changed: true },
  });
  return host.settle();
};

export const readsSent = ({ socket }: ScriptedHost) =>
  socket.sentOf('mark_read').map(({ upTo, messageIds }) => upTo ?? messageIds);

export const confirmDelivery = ({ socket }: ScriptedHost, deliveredSeq: number): void =>
  socket.reply('mark_delivered', {
    ...{ type: 'mark_delivered_confirmed', groupId, deliveredSeq, changed: true },
  });
