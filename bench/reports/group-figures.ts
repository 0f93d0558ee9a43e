import type { ClientFrames } from '../processes/members-process.ts';
import type { Costs } from './costs.ts';
import type { ReadFigures } from './read-figures.ts';

/** One message, sent and then read by everyone. Times are milliseconds. */
export interface MessageFigures {
  send: { toConfirmationMs: number; toEveryoneMs: number };
  read: ReadFigures;
  /** As the gateway counts and AWS charges them. */
  frames: { in: number; out: number };
  clients: ClientFrames;
  costs: Costs;
  /** Handler time of all functions, and how much of it they waited for DynamoDB Local. */
  functionsMs: number;
  databaseMs: number;
  databaseRequests: number;
  /** From the first read on, of every process. */
  processorMs: { cloud: number; database: number; clients: number; meter: number };
}

export interface GroupFigures {
  members: number;
  readsPerSecond: number;
  connectMs: number;
  /** Read at an even pace. */
  spread: MessageFigures;
  /** Read as fast as the clients can. */
  burst: MessageFigures;
  /** The same in a group where each sees the receipts of their own messages only. */
  senderOnly: MessageFigures;
  memoryMb: Record<string, number | undefined>;
}
