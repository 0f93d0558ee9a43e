import { setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import type { GroupStatus, Message } from '@seenby/protocol/entities.ts';
import type { GroupHandle } from '../../../../packages/client/src/groups/group-handle.ts';
import {
  aMessage,
  connectedClient,
  groupId,
  type ScriptedClientOptions,
  versionOf,
} from './scripted-client.ts';
import type { ScriptedHost } from './scripted-host.ts';

interface TenMessagesOptions extends ScriptedClientOptions {
  status?: Partial<GroupStatus> & { stateVersion?: number };
  /** By seq: what is different about a message. */
  changed?: Record<number, Partial<Message>>;
}

/** A group of ten messages, the first two read, all loaded. */
export async function tenMessages({ status, changed, ...options }: TenMessagesOptions = {}) {
  const standing = { lastSeq: 10, readSeq: 2, unreadCount: 8, ...status };
  const scripted = await connectedClient(standing, options);
  await load(scripted.host, scripted.group, changed);
  return scripted;
}

async function load(
  host: ScriptedHost,
  group: GroupHandle,
  changed: Record<number, Partial<Message>> = {},
): Promise<void> {
  const messages = Array.from({ length: 10 }, (_, i) => aMessage(i + 1, changed[i + 1]));
  host.answer = () => ({ body: { messages, lastSeq: 10 } });
  await group.history({ limit: 10 });
}

let revision = 100;

export const confirmRead = (
  host: ScriptedHost,
  readSeq: number,
  unreadCount: number,
  lastSeq = 10,
): Promise<void> => {
  host.socket.reply('mark_read', {
    ...{ type: 'mark_read_confirmed', groupId, readSeq, unreadCount, changed: true },
    ...{ mentionCount: 0, lastSeq, stateVersion: versionOf(++revision, lastSeq) },
  });
  return host.settle();
};

/** What a frame or request marks of the group: up to a position, or ranges above one as text. */
function markedBy({ ranges, messageIds = [] }: Record<string, unknown>): unknown {
  const seqs = (messageIds as string[]).map((id) => Number(id.replace(`${groupId}.`, '')));
  const named = setOfSeqs(seqs).map(({ from, to }) => ({ fromSeq: from, toSeq: to }));
  const marked = ((ranges ?? named) as typeof named).map(({ fromSeq, toSeq }) =>
    fromSeq === 1 ? toSeq : fromSeq === toSeq ? `${toSeq}` : `${fromSeq}-${toSeq}`,
  );
  return marked.length === 1 ? marked[0] : marked;
}

/** Frame by frame: positions by themselves, what is above them by its ranges. */
export const readsSent = ({ socket }: ScriptedHost) => socket.sentOf('mark_read').map(markedBy);

export const deliveriesSent = ({ socket }: ScriptedHost) =>
  socket.sentOf('mark_delivered').map(markedBy);

export const confirmDelivery = ({ socket }: ScriptedHost, deliveredSeq: number): void =>
  socket.reply('mark_delivered', {
    ...{ type: 'mark_delivered_confirmed', groupId, deliveredSeq, changed: true },
  });
