import { eventual, findConnections, subscriptionBytes } from './call-units.ts';

/**
 * Capacity units of the calls of a design that Seenby is compared with, as `bench/baselines/designs/` has
 * them. `test/service/costs/design-units.test.ts` compares them with what the database charges.
 */
export interface DesignUnits {
  sendWrites: (members: number) => number;
  /** Whom it goes to. */
  sendReads: (members: number) => number;
  findConnections: (members: number, connectedUsers: number) => number;
  /** Of one member, on average over all who mark these messages. */
  markWrites: (messages: number, marks: number) => number;
  /** Who watches, asked at every mark. */
  watcherReads: (watching: number) => number;
  /** Where the author alone is told. */
  pushReads: number;
}

const bytes = {
  matrixMember: 40,
  /** A message in whose item the readers are, before anybody has read it. */
  mapMessage: 140,
  mapReader: 21,
};

const common = {
  findConnections,
  watcherReads: (watching: number) => eventual(watching * subscriptionBytes),
  pushReads: 1.5,
};

/** A row for each message and member, written when the message is sent, and again when it is read. */
export const matrixUnits: DesignUnits = {
  ...common,
  /** A row and an unread count for each other member; seq, message and its counts. */
  sendWrites: (members) => 2 * (members - 1) + 3,
  sendReads: (members) => eventual(members * bytes.matrixMember),
  /** A row and a counter for each message; the unread count. */
  markWrites: (messages) => 2 * messages + 1,
};

/** The message holds its readers, with their times. */
export const mapUnits: DesignUnits = {
  ...common,
  /** Seq, message, and what the author has read. */
  sendWrites: () => 3,
  sendReads: () => 0,
  /** The whole item of each message; how many the member has read. */
  markWrites: (messages, marks) => messages * averageMapWrites(marks) + 1,
};

/** The highest message that each member has read. It knows no times. */
export const positionUnits: DesignUnits = { ...mapUnits, markWrites: () => 1 };

/** With each reader the item is larger. */
function averageMapWrites(marks: number): number {
  if (marks === 0) return 0;
  let units = 0;
  for (let readers = 1; readers <= marks; readers++) {
    units += Math.ceil((bytes.mapMessage + readers * bytes.mapReader) / 1024);
  }
  return units / marks;
}
