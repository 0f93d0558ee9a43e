import type { GroupKind, Message, Role, Tracking, Visibility } from '@seenby/protocol/entities.ts';

/** What one member did with one message, as a database table would hold it. */
export interface Row {
  deliveredAt?: number;
  readAt?: number;
  playedAt?: number;
  /** Read while one of the two in a direct chat gave no read receipts. */
  hidden?: true;
}

export interface ReferenceMessage {
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

export interface ReferenceMember {
  userId: string;
  role: Role;
  /** First seq of the present membership. */
  from: number;
  left: boolean;
  /** In a direct chat, read something last with their own receipts off. */
  withholds?: boolean;
  /** The badge was put back to this message. */
  badgeFrom?: number;
}

export interface GroupSettings {
  kind: GroupKind;
  tracking: Tracking;
  visibility: Visibility;
  historyForNewMembers: number;
}

export interface ReferenceGroup extends GroupSettings {
  /** Since when tracking is what it is, and from when to when it was positions before. */
  trackingSince: number;
  privateTimes: { from: number; to: number }[];
  groupId: string;
  name: string;
  /** By seq, from 1. */
  messages: ReferenceMessage[];
  members: Map<string, ReferenceMember>;
}

/**
 * All that the service should know, in the simplest form: a row per message and member, and nothing
 * derived, compressed or remembered.
 */
export interface ReferenceChat {
  now: number;
  retentionDays: number;
  userIds: string[];
  groups: ReferenceGroup[];
  /** Users who give no read receipts in direct chats. */
  receiptsOff: Set<string>;
}

/** The first member is the owner. */
export function newGroup(
  groupId: string,
  settings: GroupSettings,
  memberIds: readonly string[],
): ReferenceGroup {
  const members = memberIds.map((userId, i): [string, ReferenceMember] => [
    userId,
    { userId, role: i === 0 ? 'owner' : 'member', from: 1, left: false },
  ]);
  const name = `Name of ${groupId}`;
  return {
    ...{ ...settings, groupId, name, messages: [], members: new Map(members) },
    ...{ trackingSince: 0, privateTimes: [] },
  };
}

export const presentMember = (
  group: ReferenceGroup,
  userId: string,
): ReferenceMember | undefined => {
  const member = group.members.get(userId);
  return member?.left === false ? member : undefined;
};

/** Rows are there before they are needed; one that is asked for and missing is empty. */
export function rowOf({ rows }: ReferenceMessage, userId: string): Row {
  const row = rows.get(userId) ?? {};
  rows.set(userId, row);
  return row;
}
