/**
 * Capacity units of single calls: with ids of twelve characters, a message of 54, and member rows with
 * five receipt events. `test/service/costs/call-units.test.ts` compares them with what
 * the database charges.
 */

export const subscriptionBytes = 80;

/** Bytes of an item, as DynamoDB counts them. */
const bytes = {
  memberRow: 197,
  subscription: subscriptionBytes,
  connections: 86,
  logItem: 180,
  loggedReceipt: 5,
};

/** Reading so many bytes strongly; the smallest read takes a whole unit. */
const strong = (read: number): number => Math.max(1, Math.ceil(read / 4096));
export const eventual = (read: number): number => strong(read) / 2;
const written = (size: number): number => Math.max(1, Math.ceil(size / 1024));

/** Messages that share an item of the receipt log. */
const blockSize = 64;
/** As `functions/store/users/connection-rows.ts` decides it. */
const connectionsPartitions = 8;
const manyUsers = 50;
const connectedPerMember = 4;
/** Groups of up to so many members have their open screens told of each mark. */
const directPushMembers = 20;

/** The rows of members, then those of connections: everybody's, unless they are too many; else half a unit for each. */
export function findConnections(members: number, connectedUsers: number): number {
  const isFew = members >= manyUsers && connectedUsers <= connectedPerMember * members;
  const ofAll =
    connectionsPartitions * eventual((connectedUsers / connectionsPartitions) * bytes.connections);
  return strong(members * bytes.memberRow) + (isFew ? ofAll : members / 2);
}

export const isSmall = (members: number): boolean => members <= directPushMembers;

export const seenbyUnits = {
  /** Four, and one more for each eighth message: the row that names the authors of eight. */
  sendWrites: 4.125,
  sendReads: 1.5,
  findConnections,
  markWrites: 1,
  markReads: 1.5,
  /** For the author and the reader's other devices. */
  pushReads: 1.5,
  /** More, in a small group, for its open screens. */
  smallGroupReads: (members: number, watching: number): number =>
    strong(members * bytes.memberRow) + strong(watching * bytes.subscription),
  /** One push of counts: who watches, the group, where its pushes stand, all members, all who watch. */
  countReads: (members: number, watching: number): number =>
    5 + strong(members * bytes.memberRow) + strong(watching * bytes.subscription),
  /** More, if it waited until it was due. */
  dueReads: 1,
  /** That a push begins, and that it has ended. */
  pushWrites: 2,
  /** That one is due. */
  dueWrites: 1,
  /** Where nobody watches, which each batch has to find out. */
  unwatchedReads: 1.5,
  /** The marks of one batch of the stream, each of so many messages. */
  logWrites: (marks: number, messages: number): number =>
    Math.ceil(messages / blockSize) * written(bytes.logItem + marks * bytes.loggedReceipt),
};
