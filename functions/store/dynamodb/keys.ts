import { hash } from 'node:crypto';

/** Primary key of an item. */
export interface Key extends Record<string, string> {
  pk: string;
  sk: string;
}

const messagesPerPartition = 1024;

/** One of so many parts, always the same one for an id. */
export const shardOf = (id: string, shards: number): number =>
  (hash('sha256', id, 'buffer')[0] ?? 0) % shards;

const padded = (seq: number): string => String(seq).padStart(12, '0');

/** Partition of messages that a seq belongs to, from 0. */
export const messagePartitionOf = (seq: number): number =>
  Math.floor((seq - 1) / messagesPerPartition);

/** First seq of a partition of messages. */
export const firstSeqOfPartition = (partition: number): number =>
  partition * messagesPerPartition + 1;

export const groupKey = (groupId: string): Key => ({ pk: `G#${groupId}`, sk: 'GROUP' });

/** Recalled seqs of a group that has many. */
export const recalledKey = (groupId: string): Key => ({ pk: `G#${groupId}`, sk: 'RECALLED' });

/** The reminders of a group, for as long as somebody may have to read their messages. */
export const remindersKey = (groupId: string): Key => ({ pk: `G#${groupId}`, sk: 'REMINDERS' });

/** What a user did to a group and has perhaps not been told yet. */
export const announcementKey = (groupId: string, what: string, userId: string): Key => ({
  pk: `G#${groupId}#N`,
  sk: `${what} ${userId}`,
});

export const membersPartition = (groupId: string): string => `G#${groupId}#M`;

export const memberKey = (groupId: string, userId: string): Key => ({
  pk: membersPartition(groupId),
  sk: `U#${userId}`,
});

/** Reads a member row's own key back: the stream has nothing else to name it by. */
export const parseMemberKey = ({
  pk,
  sk,
}: {
  pk: string;
  sk: string;
}): { groupId: string; userId: string } => ({
  groupId: pk.slice('G#'.length, -'#M'.length),
  userId: sk.slice('U#'.length),
});

export const messagesPartition = (groupId: string, partition: number): string =>
  `G#${groupId}#S#${partition}`;

export const messageSortKey = padded;

export const messageKey = (groupId: string, seq: number): Key => ({
  pk: messagesPartition(groupId, messagePartitionOf(seq)),
  sk: padded(seq),
});

export const authorBlocksPartition = (groupId: string, partition: number): string =>
  `G#${groupId}#A#${partition}`;

/** Authors of messages, by the last of these. */
export const authorBlockKey = (groupId: string, lastSeq: number): Key => ({
  pk: authorBlocksPartition(groupId, messagePartitionOf(lastSeq)),
  sk: padded(lastSeq),
});

/** The group of any row whose partition begins with it. */
export const groupIdIn = (pk: string): string => pk.split('#')[1] ?? '';

/** What a sender has already sent, by the id the client gave it. */
export const sentKey = (groupId: string, userId: string, clientMessageId: string): Key => ({
  pk: `G#${groupId}#I#${userId}`,
  sk: clientMessageId,
});

export const receiptLogPartition = (groupId: string, block: number): string =>
  `G#${groupId}#R#${block}`;

/** So few that reading all of them is cheap, and so many that a thousand users or more may connect within a second. */
export const connectionsPartitions = Array.from({ length: 8 }, (_, part) => `K#${part}`);

/** Those of many users to a partition: see `ConnectionRows`. */
export const connectionsKey = (userId: string): Key => ({
  pk: connectionsPartitions[shardOf(userId, connectionsPartitions.length)] ?? '',
  sk: userId,
});

/** The groups that a connection has open, apart from what every push to the user reads. */
export const openGroupsKey = (userId: string, connectionId: string): Key => ({
  pk: `U#${userId}#C`,
  sk: connectionId,
});

/** What a user has used of one of their budgets. */
export const budgetKey = (userId: string, name: string): Key => ({ pk: `U#${userId}#B`, sk: name });

export const subscriptionsPartition = (groupId: string): string => `G#${groupId}#C`;

export const subscriptionKey = (groupId: string, connectionId: string): Key => ({
  pk: subscriptionsPartition(groupId),
  sk: connectionId,
});

/** The counts of a big group's newest messages, for those who come back to it. */
export const countSnapshotKey = (groupId: string): Key => ({ pk: `G#${groupId}#V`, sk: 'COUNTS' });

/** How often something changed in a big group while nobody had it open. */
export const unseenChangesKey = (groupId: string): Key => ({ pk: `G#${groupId}#V`, sk: 'UNSEEN' });

/** What of a group's counts was pushed a moment ago, and what is to be pushed when. */
export const countPushesKey = (groupId: string): Key => ({ pk: `G#${groupId}#P`, sk: 'PUSHES' });

export const cursorSecretKey: Key = { pk: 'SERVICE', sk: 'CURSOR_SECRET' };

export const departuresPartition = (userId: string): { pk: string } => ({ pk: `U#${userId}#L` });

export const syncSnapshotsPartition = (userId: string): string => `U#${userId}#T`;

/** Parts are numbered in order; names are of one length, and none begins another. */
export const syncSnapshotKey = (userId: string, name: string, part: number): Key => ({
  pk: syncSnapshotsPartition(userId),
  sk: `${name} ${String(part).padStart(4, '0')}`,
});

export const profileKey = (userId: string): Key => ({ pk: `U#${userId}`, sk: 'PROFILE' });

/** Of somebody who is being erased. */
export const erasureKey = (userId: string): Key => ({ pk: `U#${userId}`, sk: 'ERASURE' });

export const settingsKey = (userId: string): Key => ({ pk: `U#${userId}`, sk: 'SETTINGS' });

/** Groups in which something happened on a day; spread, so that a busy day has no hot partition. */
export const activityPartition = (dayName: string, shard: number): string =>
  `DAY#${dayName}#${shard}`;

/** How a group read its messages, by day. */
export const dayStatisticsPartition = (groupId: string): string => `G#${groupId}#D`;

/** How a user read, by group. */
export const readingsPartition = (userId: string): string => `U#${userId}#D`;

export const readingsKey = (userId: string, groupId: string): Key => ({
  pk: readingsPartition(userId),
  sk: groupId,
});
