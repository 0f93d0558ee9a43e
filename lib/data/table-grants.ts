/** What a function may do with which rows, by their partition keys; `*` stands for any text. */
export interface TableGrant {
  readonly actions: readonly string[];
  /** All rows of one request: IAM wants one statement that allows every key of it. */
  readonly rows: readonly string[];
}

const rows = {
  /** A group's own row, and everything of the group: its key begins all others. */
  ofGroups: 'G#*',
  members: 'G#*#M',
  messages: 'G#*#S#*',
  authorBlocks: 'G#*#A#*',
  sentMessages: 'G#*#I#*',
  receiptLog: 'G#*#R#*',
  announcements: 'G#*#N',
  subscriptions: 'G#*#C',
  dayStatistics: 'G#*#D',
  countSnapshots: 'G#*#V',
  countPushes: 'G#*#P',
  ofUsers: 'U#*',
  connections: 'K#*',
  openGroups: 'U#*#C',
  departures: 'U#*#L',
  readings: 'U#*#D',
  syncSnapshots: 'U#*#T',
  activity: 'DAY#*',
  cursorSecret: 'SERVICE',
} as const;

const grant = (action: string, ...of: (keyof typeof rows)[]): TableGrant => ({
  actions: [`dynamodb:${action}`],
  rows: of.map((each) => rows[each]),
});

/** Who pushes learns that connections are gone, and takes away what they had open. */
const rowsOfConnections = ['subscriptions', 'openGroups'] as const;

/** Frames send, mark and open groups. They make no group and bring nobody in. */
export const socketGrants = [
  grant('BatchGetItem', 'ofGroups', 'ofUsers', 'connections'),
  grant('GetItem', 'ofGroups'),
  grant('Query', 'members', 'messages', 'authorBlocks', 'subscriptions', 'connections'),
  grant('PutItem', 'members', 'messages', 'authorBlocks', 'sentMessages'),
  grant('UpdateItem', 'ofGroups', 'ofUsers', 'connections'),
  grant('BatchWriteItem', ...rowsOfConnections),
];

/** Requests do all that users can: what they may not write is the receipt log and statistics. A recall notes activity. */
export const httpGrants = [
  grant('BatchGetItem', 'ofGroups', 'ofUsers', 'connections'),
  grant('GetItem', 'ofGroups', 'syncSnapshots', 'cursorSecret'),
  grant('Query', 'ofGroups', 'ofUsers', 'connections'),
  grant('PutItem', 'ofGroups', 'ofUsers', 'cursorSecret'),
  grant('UpdateItem', 'ofGroups', 'ofUsers', 'connections'),
  // Roles are conditions of the transactions that they allow.
  grant('ConditionCheckItem', 'members'),
  // Who is erased has their rows given to a pseudonym, in a transaction.
  grant('DeleteItem', 'members'),
  // A put or a delete: the policy cannot tell them apart, so it names the few rows that are either.
  grant(
    'BatchWriteItem',
    'members',
    'announcements',
    'departures',
    'readings',
    'syncSnapshots',
    'activity',
    ...rowsOfConnections,
  ),
];

/** Who pushes counts reads those of one group after another, keeps those of the big ones, and notes what is pushed when. */
export const fanOutGrants = [
  grant('BatchGetItem', 'ofGroups', 'ofUsers', 'connections'),
  grant('GetItem', 'ofGroups'),
  grant('Query', 'members', 'messages', 'subscriptions', 'connections'),
  grant('PutItem', 'countSnapshots', 'countPushes'),
  grant('UpdateItem', 'countSnapshots', 'countPushes', 'connections'),
  grant('BatchWriteItem', ...rowsOfConnections),
];

/** The receipt log and activity are written and never read back. */
export const recorderGrants = [grant('BatchWriteItem', 'receiptLog', 'activity')];

/**
 * Events say what is not private and who is not connected: groups, members, what two in a direct chat let others
 * know, and connections.
 */
export const eventGrants = [
  grant('BatchGetItem', 'ofUsers', 'connections'),
  grant('GetItem', 'ofGroups'),
  grant('Query', 'members', 'messages', 'connections'),
];

/**
 * The nightly count reads everything of a group, and writes what it found. It deletes the rows of
 * leavers in transactions, which need the actions of the writes in them.
 */
export const maintenanceGrants = [
  grant('BatchGetItem', 'readings'),
  grant('GetItem', 'ofGroups'),
  grant('Query', 'members', 'messages', 'receiptLog', 'activity'),
  grant('UpdateItem', 'members', 'activity'),
  grant('DeleteItem', 'members'),
  grant('BatchWriteItem', 'dayStatistics', 'readings'),
];
