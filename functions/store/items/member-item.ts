import type { MemberState } from '@seenby/core/members/member.ts';
import { emptySet, type RangeSet } from '@seenby/core/ranges/range-set.ts';
import { lastReadAtOf } from '@seenby/core/receipts/last-read.ts';
import type { Role } from '@seenby/protocol/entities.ts';
import { decodeRangeSet, encodeRangeSet } from '../codecs/range-set-codec.ts';
import { decodeReceiptEvents, encodeReceiptEvents } from '../codecs/receipt-event-codec.ts';
import { memberKey, parseMemberKey } from '../dynamodb/keys.ts';
import type { Item } from '../dynamodb/table.ts';
import { keptReceiptEvents } from '../member-size.ts';

/** A member row as DynamoDB keeps it: sets are bytes, and an absent one is empty. */
interface MemberItem {
  pk: string;
  sk: string;
  /** Index `byUser`: absent once the member has left. */
  userId?: string;
  groupId: string;
  name?: string;
  role: Role;
  ordinal: number;
  from: number;
  joinedAt: number;
  /** Absent where it is `from`. */
  since?: number;
  former?: Uint8Array;
  formerHistory?: Uint8Array;
  left?: true;
  read?: Uint8Array;
  delivered?: Uint8Array;
  played?: Uint8Array;
  mentions?: Uint8Array;
  unreadFrom?: number;
  unreadOwn?: Uint8Array;
  /** `receiptEvents`; attributes keep the names that stored rows have. */
  moves?: Uint8Array;
  /** `lastReadAt` */
  last?: number;
  /** `privateReads` */
  concealed?: Uint8Array;
  withholds?: true;
  version: number;
  /** Absent where it is 1. */
  turns?: number;
  revision: number;
  next?: number;
}

export function toMemberItem(groupId: string, member: MemberState): Item {
  const { userId, name, role, ordinal, from, joinedAt, version, revision } = member;
  const item: MemberItem = {
    ...memberKey(groupId, userId),
    groupId,
    role,
    ordinal,
    from,
    joinedAt,
    version,
    revision,
    ...(name !== undefined && { name }),
    ...(member.since !== from && { since: member.since }),
    ...(member.left ? { left: true } : { userId }),
    ...(member.turns !== 1 && { turns: member.turns }),
    ...(member.withholds && { withholds: true as const }),
    ...(member.nextActionAt > 0 && { next: member.nextActionAt }),
    ...setAttributes(member),
  };
  return { ...item };
}

function setAttributes(member: MemberState): Partial<MemberItem> {
  const { read, delivered, played, mentions, receiptEvents, privateReads, privateUnread } = member;
  const { former, formerHistory } = member;
  const kept = keptReceiptEvents(member);
  const lastReadAt = lastReadAtOf(member);
  return {
    ...(lastReadAt > lastReadAtOf({ privateReads, receiptEvents: kept }) && { last: lastReadAt }),
    ...(read.length > 0 && { read: encodeRangeSet(read) }),
    ...(delivered.length > 0 && { delivered: encodeRangeSet(delivered) }),
    ...(played.length > 0 && { played: encodeRangeSet(played) }),
    ...(mentions.length > 0 && { mentions: encodeRangeSet(mentions) }),
    ...(privateReads.length > 0 && { concealed: encodeRangeSet(privateReads) }),
    ...(former.length > 0 && { former: encodeRangeSet(former) }),
    ...(formerHistory.length > 0 && { formerHistory: encodeRangeSet(formerHistory) }),
    ...(receiptEvents.length > 0 && {
      moves: encodeReceiptEvents(kept),
    }),
    ...(privateUnread && {
      unreadFrom: privateUnread.fromSeq,
      unreadOwn: encodeRangeSet(privateUnread.own),
    }),
  };
}

export function fromMemberItem(item: Item): MemberState {
  const row = item as unknown as MemberItem;
  return {
    userId: parseMemberKey(row).userId,
    ...(row.name !== undefined && { name: row.name }),
    role: row.role,
    ordinal: row.ordinal,
    from: row.from,
    joinedAt: row.joinedAt,
    since: row.since ?? row.from,
    former: toSet(row.former),
    formerHistory: toSet(row.formerHistory),
    left: row.left ?? false,
    read: toSet(row.read),
    delivered: toSet(row.delivered),
    played: toSet(row.played),
    mentions: toSet(row.mentions),
    ...(row.unreadFrom !== undefined && {
      privateUnread: { fromSeq: row.unreadFrom, own: toSet(row.unreadOwn) },
    }),
    receiptEvents: row.moves ? decodeReceiptEvents(row.moves) : [],
    ...(row.last !== undefined && { lastReadAt: row.last }),
    privateReads: toSet(row.concealed),
    withholds: row.withholds ?? false,
    version: row.version,
    turns: row.turns ?? 1,
    revision: row.revision,
    nextActionAt: row.next ?? 0,
  };
}

const toSet = (bytes: Uint8Array | undefined): RangeSet =>
  bytes ? decodeRangeSet(bytes) : emptySet;
