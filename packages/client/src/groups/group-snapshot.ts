import type { GroupStatus, Message } from '@seenby/protocol/entities.ts';
import type { SentMessage, ShownMessage } from '../timeline/messages.ts';

/** A group at one moment. */
export interface GroupSnapshot {
  /** Undefined until the service has told of the group, and when the user is not in it. */
  readonly status: GroupStatus | undefined;
  /** Stored messages by seq, then those on their way. */
  readonly messages: readonly ShownMessage[];
  readonly readSeq: number;
  readonly unreadCount: number;
  /** Whether the user was in the group and is not any more. */
  readonly isRemoved: boolean;
  readonly firstUnread: number | undefined;
  /** Users who are writing. */
  readonly typing: readonly string[];
}

const shown = new WeakMap<Message, SentMessage>();

/** The same object for the same message, so that lists redraw only what changed. */
export function asSent(message: Message): SentMessage {
  const known = shown.get(message);
  if (known) return known;
  const sent: SentMessage = { ...message, state: 'sent' };
  shown.set(message, sent);
  return sent;
}
