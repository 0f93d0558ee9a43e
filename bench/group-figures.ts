import type { Costs, Units } from './costs.ts';
import type { ClientFrames } from './members-process.ts';
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
}

export interface GroupFigures {
  members: number;
  readsPerSecond: number;
  connectMs: number;
  /** Read at an even pace. */
  spread: MessageFigures;
  /** Read as fast as the clients can. */
  burst: MessageFigures;
  /** The same message with a row for each member. */
  rowPerReceipt: Units;
  memoryMb: Record<string, number | undefined>;
}

/** What must hold for the run to count; empty when all is well. */
export function faultsOf({ members, spread, burst }: GroupFigures): string[] {
  return Object.entries({ spread, burst }).flatMap(([name, { read, clients, frames }]) => {
    const { author, wrong } = read;
    const received = clients.received === frames.out && clients.sent === frames.in;
    return [
      ...(author.readCount !== members || author.totalCount !== members
        ? [`${name}: the author's client shows ${author.readCount} of ${author.totalCount}`]
        : []),
      ...(wrong.length > 0
        ? [`${name}: ${wrong.length} clients do not show ${members} of ${members}`]
        : []),
      ...(received
        ? []
        : [`${name}: the gateway counts ${JSON.stringify(frames)} frames, the clients others`]),
    ];
  });
}
