import { matrixUnits as units } from './other-designs.ts';
import type { Quantities } from './prices.ts';

/** The row of the member, and the counter of the message. */
const deliveryWrites = 2;

/** What has happened in a group since some moment, all connected members having a connection each. */
export interface RunSoFar {
  /** The author included. */
  members: number;
  /** Members who are connected. */
  online: number;
  /** Connections that are told of each read: those that have the group open, if all members see receipts. */
  told: number;
  messages: number;
  /** Sums over the messages: members whose devices have acknowledged it, and who have read it. */
  deliveries: number;
  reads: number;
  /** Calls that read. One may read several messages. */
  marks: number;
}

/**
 * What the same would have taken with a row per message and member, where each read is told at once. Units
 * and frames only; the month has the rest (`design-month.ts`), and leaves deliveries out.
 */
export const matrixSoFar = (
  run: RunSoFar,
): Pick<Quantities, 'writeUnits' | 'readUnits' | 'frames'> => ({
  writeUnits:
    run.messages * units.sendWrites(run.members) +
    run.deliveries * deliveryWrites +
    // A row and a counter for each message, and the unread count once.
    2 * run.reads +
    run.marks,
  readUnits:
    run.messages * (units.sendReads(run.members) + units.findConnections(run.members, run.online)) +
    run.marks * (units.pushReads + (run.told > 1 ? units.watcherReads(run.told) : 0)),
  // A message: in, confirmed, to all. A delivery: in. A read: in, confirmed, and told.
  frames: run.messages * (2 + run.online) + run.deliveries + run.marks * (2 + run.told),
});
