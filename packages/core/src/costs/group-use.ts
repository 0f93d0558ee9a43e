/** How a group is used, in numbers from 0 on. Valid for groups of 2 to 1,000 members. */
export interface GroupUse {
  members: number;
  messagesADay: number;
  /** Of the members, the author among them: connected, and read every message. The others read nothing. */
  shareOnline: number;
  /** Of the members: have the group open. At most those who are online. */
  shareWatching: number;
  /** From the mark of one member to that of the next one. */
  secondsBetweenReads: number;
  /** Who sees how many have read: all members, or the author only. */
  visibility: 'members' | 'sender';
  /** So many messages of one author are sent, and then read by each member in one mark. */
  messagesPerMark: number;
  hoursOnlineADay: number;
  /** Users of the whole service who are connected, or were within the last hours; those of this group among them. */
  connectedUsers: number;
  /** The setting of the stack. */
  pushWindowSeconds: number;
}

export const usualUse: GroupUse = {
  ...{ members: 500, messagesADay: 100, shareOnline: 0.6, shareWatching: 0.1 },
  ...{ secondsBetweenReads: 1, visibility: 'members', messagesPerMark: 1 },
  ...{ hoursOnlineADay: 8, pushWindowSeconds: 1, connectedUsers: 1000 },
};

const daysOfMonth = 30;

/** What follows from the use of a group. */
export interface GroupTraffic {
  online: number;
  watching: number;
  /** Of the messages that are read in one mark each. */
  marks: number;
  connectedUsers: number;
  /** How often that happens in a month. */
  roundsAMonth: number;
  connectionMinutes: number;
}

export function trafficOf(use: GroupUse): GroupTraffic {
  const online = use.members * use.shareOnline;
  return {
    online,
    watching: Math.min(online, use.members * use.shareWatching),
    marks: Math.max(0, online - 1),
    connectedUsers: Math.max(online, use.connectedUsers),
    roundsAMonth: (daysOfMonth * use.messagesADay) / use.messagesPerMark,
    connectionMinutes: daysOfMonth * 60 * use.hoursOnlineADay * online,
  };
}

/** Lambda polls a stream four times a second: a batch waits for half of that on average. */
const pollSeconds = 0.125;

/** How many batches the marks of a round come in, if a batch takes what comes within a window. */
export function batchesOf(marks: number, use: GroupUse, windowSeconds: number): number {
  if (marks === 0) return 0;
  const seconds = marks * use.secondsBetweenReads;
  return Math.min(marks, Math.max(1, Math.ceil(seconds / (windowSeconds + pollSeconds))));
}
