import { chunks } from '@seenby/core/chunks.ts';
import type { GroupState } from '@seenby/core/group.ts';
import { emptySet, type RangeSet, setOfSeqs, union } from '@seenby/core/ranges/range-set.ts';
import type { TimeSpan } from '@seenby/core/reading/private-times.ts';
import type { GroupKind, LastMessage, Tracking, Visibility } from '@seenby/protocol/entities.ts';
import { toMessageId } from '@seenby/protocol/ids/message-id.ts';
import { decodeRangeSet } from '../codecs/range-set-codec.ts';
import { groupKey } from '../dynamodb/keys.ts';
import type { Item } from '../dynamodb/table.ts';

/**
 * The preview of the newest message. Its seq is the group's `lastSeq`, moved by the same update, unless
 * that was lost: then the preview says its own.
 */
export type Preview = Omit<LastMessage, 'messageId' | 'seq'> & { seq?: number };

const previewLength = 100;

/** Of so many of the newest seqs the row says who took them: their ids must leave it below a write unit. */
export const recentAuthorsKept = 8;

/** Of who took the seq so many before the last; the author of that stands in the preview. */
export const nameOfAuthor = (before: number): string => `a${before}`;

/** The names of the attributes that say so, from the seq before the last. */
const earlierAuthors = Array.from({ length: recentAuthorsKept - 1 }, (_, i) => nameOfAuthor(i + 1));

/** Moves each author one seq on, as a part of the update that takes a seq. */
export const movesAuthors = earlierAuthors
  .map((name, i) => {
    const before = i === 0 ? 'preview.senderId' : earlierAuthors[i - 1];
    return `${name} = if_not_exists(${before}, :nobody)`;
  })
  .join(', ');

/** Who took the newest seqs, the last first; empty where the row does not know. */
export function recentAuthorsIn(item: Item): string[] {
  const { preview } = item as unknown as GroupItem;
  const last = preview?.seq === undefined ? preview?.senderId : undefined;
  return [last, ...earlierAuthors.map((name) => item[name] as string | undefined)].map(
    (author) => author ?? '',
  );
}

export const previewOf = ({
  senderId,
  messageType,
  content,
  createdAt,
  recalled,
}: Omit<Preview, 'seq'>): Preview => ({
  senderId,
  messageType,
  content: [...content].slice(0, previewLength).join(''),
  createdAt,
  ...(recalled && { recalled }),
});

/** A group row as DynamoDB keeps it. */
interface GroupItem {
  pk: string;
  sk: string;
  name: string;
  kind: GroupKind;
  tracking: Tracking;
  /** Absent in rows of before there was this: since the group was made. */
  trackingSince?: number;
  /** Epoch milliseconds, from and to in turn. */
  privateTimes?: number[];
  visibility: Visibility;
  /** Absent in rows of before there was this. */
  turns?: number;
  historyForNewMembers: number;
  lastOrdinal: number;
  /** Absent until somebody leaves or comes. */
  places?: number;
  /** Of the last attempt to add members. */
  placesTakenAt?: number;
  leftAt?: number;
  createdAt: number;
  lastSeq: number;
  checkedSeq?: number;
  preview?: Preview;
  /** A number set, so that one can be added without knowing the others. */
  recalled?: Set<number>;
  /** Those of before, as stored sets are. */
  recalledRanges?: Uint8Array;
  /** Those of before stand in a row of their own. */
  recalledApart?: boolean;
  /** Of all of these the lost ones; `lostRanges` those of before. */
  lost?: Set<number>;
  lostRanges?: Uint8Array;
  remindedSeq?: number;
  /** `periods`; attributes keep the names that stored rows have. */
  steps: Record<string, number>;
  deletedAt?: number;
  /** The owner-to-be, while the group is being made: see `create-groups.ts`. */
  reservedBy?: string;
  /** Of the send that took the last seq. */
  seqTakenBy?: string;
}

/** The row of a group that is being made. */
export function toGroupItem(group: GroupState): Item {
  const {
    groupId,
    lastMessage: _none,
    recentAuthors: _nobody,
    membersChangedAt: _never,
    places: _asMany,
    recalled: _empty,
    lost: _noneLost,
    remindedSeq: _noneReminded,
    checkedSeq: _zero,
    periods,
    privateTimes,
    ...fields
  } = group;
  return {
    ...groupKey(groupId),
    ...fields,
    ...(privateTimes.length > 0 && { privateTimes: toTimes(privateTimes) }),
    steps: periods,
  };
}

/** The condition that a group has been made and is not deleted. */
export const alive =
  'attribute_exists(pk) AND attribute_not_exists(deletedAt) AND attribute_not_exists(reservedBy)';

/**
 * Undefined for a group still being made, and for a deleted one, whose row stays so that its id is
 * never used again. `recalledApart` is what the group's other row has.
 */
export function fromGroupItem(
  groupId: string,
  item: Item | undefined,
  recalledApart: RangeSet,
): GroupState | undefined {
  const row = item as GroupItem | undefined;
  if (!row || row.deletedAt !== undefined || row.reservedBy !== undefined) return undefined;
  const { lastSeq, preview, recalled, recalledRanges } = row;
  return {
    groupId,
    name: row.name,
    kind: row.kind,
    tracking: row.tracking,
    trackingSince: row.trackingSince ?? row.createdAt,
    privateTimes: chunks(row.privateTimes ?? [], 2).map(([fromMs = 0, toMs = 0]) => ({
      fromMs,
      toMs,
    })),
    visibility: row.visibility,
    turns: row.turns ?? 0,
    historyForNewMembers: row.historyForNewMembers,
    createdAt: row.createdAt,
    membersChangedAt: Math.max(row.createdAt, row.leftAt ?? 0, row.placesTakenAt ?? 0),
    lastOrdinal: row.lastOrdinal,
    places: row.places ?? row.lastOrdinal,
    lastSeq,
    checkedSeq: row.checkedSeq ?? 0,
    ...(preview && {
      lastMessage: toLastMessage(groupId, lastSeq, preview),
    }),
    recentAuthors: recentAuthorsIn(row as unknown as Item),
    recalled: [toSet(recalledRanges), setOfSeqs(recalled ?? [])].reduce(union, recalledApart),
    lost: union(toSet(row.lostRanges), setOfSeqs(row.lost ?? [])),
    remindedSeq: row.remindedSeq ?? 0,
    periods: row.steps,
  };
}

const toSet = (bytes: Uint8Array | undefined): RangeSet =>
  bytes ? decodeRangeSet(bytes) : emptySet;

/** As the row keeps them. */
export const toTimes = (spans: readonly TimeSpan[]): number[] =>
  spans.flatMap(({ fromMs, toMs }) => [fromMs, toMs]);

const toLastMessage = (groupId: string, lastSeq: number, preview: Preview): LastMessage => {
  const seq = preview.seq ?? lastSeq;
  return { ...preview, messageId: toMessageId({ groupId, seq }), seq };
};
