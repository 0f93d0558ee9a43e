import type { ErrorCode } from '@seenby/protocol/errors.ts';

/** Messages that follow each other, both ends included. */
export interface Span {
  fromSeq: number;
  toSeq: number;
}

/** What somebody asks the service for. */
export type Act =
  | { kind: 'send'; clientMessageId: string; content: string }
  | { kind: 'read' | 'delivered'; spans: Span[] }
  | { kind: 'add' | 'remove'; memberId: string };

interface AtTime {
  /** Epoch milliseconds. */
  at: number;
}

/** A request leaves its client. */
export interface Invoked extends AtTime {
  event: 'invoke';
  /** Unique in its file. */
  op: number;
  userId: string;
  groupId: string;
  act: Act;
}

/** What an acknowledgement said, as far as it is of interest. */
export interface Acknowledged {
  seq?: number;
  readSeq?: number;
  deliveredSeq?: number;
}

/**
 * How a request ended for its client: acknowledged, refused with a code, or unknown. A request of which the
 * history has no end is unknown as well: its client ended first.
 */
export type Ended = AtTime & { op: number } & (
    | ({ event: 'ok' } & Acknowledged)
    | { event: 'fail'; code: ErrorCode }
    | { event: 'unknown'; why: string }
  );

/** A client showed another position of its own user than before. */
export interface Showed extends AtTime {
  event: 'showed';
  client: string;
  userId: string;
  groupId: string;
  readSeq: number;
}

/** A frame about a group came to somebody who is not always a member. `sentAt` is the service's time. */
export interface Received extends AtTime {
  event: 'received';
  userId: string;
  groupId: string;
  type: string;
  sentAt: number;
}

/** One line of a history. */
export type HistoryEvent = Invoked | Ended | Showed | Received;
