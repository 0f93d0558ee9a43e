import { userIdsOf } from '../support/user-ids.ts';
import { type Act, startMs, type Traffic } from './acts.ts';

export interface Pace {
  name: string;
  /** From the read of one member to that of the next one. */
  secondsBetweenReads: number;
  /** Of the 500: have the group open. */
  watching: number;
}

export const paces: readonly Pace[] = [
  { name: 'all at once', secondsBetweenReads: 0, watching: 500 },
  { name: '20 a second', secondsBetweenReads: 0.05, watching: 500 },
  { name: 'one a second', secondsBetweenReads: 1, watching: 500 },
  { name: 'one in seven seconds', secondsBetweenReads: 7, watching: 500 },
  { name: 'one in seven seconds, 30 watching', secondsBetweenReads: 7, watching: 30 },
];

export interface Burst {
  members: number;
  /** Sent one a second, then read by each member in one mark. */
  messages: number;
  secondsBetweenReads: number;
  watching: number;
  isDelivered?: boolean;
}

/** All members but the author read what the author sends; all are connected. */
export function readByAll({
  members,
  messages,
  secondsBetweenReads,
  watching,
  isDelivered,
}: Burst): Traffic {
  const memberIds = userIdsOf(members);
  const [author = '', ...readers] = memberIds;
  const sends = Array.from({ length: messages }, (_, i): Act => {
    return { at: startMs + 1000 * i, by: author, do: 'send' };
  });
  const marks = (kind: 'read' | 'deliver', fromMs: number) =>
    readers.map((by, i): Act => {
      const at = fromMs + Math.floor(1000 * secondsBetweenReads * i);
      return { at, by, do: kind, upTo: messages };
    });
  const sentAt = startMs + 1000 * messages;
  const acts = [
    ...sends,
    ...(isDelivered ? marks('deliver', sentAt) : []),
    ...marks('read', sentAt + 1000),
  ];
  return {
    ...{ memberIds, onlineIds: memberIds, watchingIds: memberIds.slice(0, watching) },
    acts: acts.sort((one, other) => one.at - other.at),
  };
}
