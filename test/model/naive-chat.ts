import type { GroupKind, Message, Role, Tracking, Visibility } from '../../protocol/entities.ts';

/** What one member did with one message, as a database table would hold it. */
export interface Row {
  deliveredAt?: number;
  readAt?: number;
  playedAt?: number;
  /** Read while one of the two in a direct chat gave no read receipts. */
  concealed?: true;
}

export interface NaiveMessage {
  message: Message;
  /** What was sent under the client's id, to tell a retry from another message. */
  draft: Draft;
  rows: Map<string, Row>;
}

export interface Draft {
  clientMessageId: string;
  content: string;
  messageType: 'text' | 'voice';
  mentions: string[];
}

export interface NaiveMember {
  userId: string;
  role: Role;
  /** First seq of the present membership. */
  from: number;
  left: boolean;
  /** The badge was put back to this message. */
  badgeFrom?: number;
}

export interface GroupSettings {
  kind: GroupKind;
  tracking: Tracking;
  visibility: Visibility;
  historyForNewMembers: number;
}

export interface NaiveGroup extends GroupSettings {
  groupId: string;
  name: string;
  /** By seq, from 1. */
  messages: NaiveMessage[];
  members: Map<string, NaiveMember>;
}

/**
 * All that the service should know, kept as naively as can be: a row per message and member, and
 * nothing derived, compressed or remembered.
 */
export interface NaiveChat {
  now: number;
  retentionDays: number;
  userIds: string[];
  groups: NaiveGroup[];
  /** Users who give no read receipts in direct chats. */
  receiptsOff: Set<string>;
}

export function naiveGroup(
  groupId: string,
  settings: GroupSettings,
  [ownerId, ...others]: readonly [string, ...string[]],
): NaiveGroup {
  const member = (userId: string, role: Role): [string, NaiveMember] => [
    userId,
    { userId, role, from: 1, left: false },
  ];
  return {
    ...settings,
    groupId,
    name: `Name of ${groupId}`,
    messages: [],
    members: new Map([member(ownerId, 'owner'), ...others.map((id) => member(id, 'member'))]),
  };
}

export const presentMember = (group: NaiveGroup, userId: string): NaiveMember | undefined => {
  const member = group.members.get(userId);
  return member?.left === false ? member : undefined;
};

/** Rows are there before they are needed; one that is asked for and missing is empty. */
export function rowOf({ rows }: NaiveMessage, userId: string): Row {
  const row = rows.get(userId) ?? {};
  rows.set(userId, row);
  return row;
}
