import type { GroupKind, LastMessage, Tracking, Visibility } from '@seenby/protocol/entities.ts';
import type { RangeSet } from './ranges/range-set.ts';
import type { TimeSpan } from './reading/private-times.ts';

/** The settings of a group and where its conversation stands. */
export interface GroupState {
  readonly groupId: string;
  readonly name: string;
  readonly kind: GroupKind;
  readonly tracking: Tracking;
  /** When tracking became what it is. */
  readonly trackingSince: number;
  /** Earlier times in which it was `positions`: see `private-times.ts`. */
  readonly privateTimes: readonly TimeSpan[];
  readonly visibility: Visibility;
  /** How often tracking or visibility have changed, or a message was recalled or lost. */
  readonly turns: number;
  readonly historyForNewMembers: number;
  readonly createdAt: number;
  /** When somebody last left, or was last being added. */
  readonly membersChangedAt: number;
  /** Highest number given to a member: the group never had more members than that. */
  readonly lastOrdinal: number;
  /** Members there are, those being added included. */
  readonly places: number;
  readonly lastSeq: number;
  /** Up to here no seq is without its message or its tombstone. */
  readonly checkedSeq: number;
  readonly lastMessage?: LastMessage;
  /** Who took the newest seqs, the last first; empty where that is not known. */
  readonly recentAuthors: readonly string[];
  /** Seqs without a message to read: recalled, or lost before the message was stored. */
  readonly recalled: RangeSet;
  /** Those of them that never became a message, but for very old ones. They have no counts. */
  readonly lost: RangeSet;
  /** The highest seq that members have been reminded of; 0 for none. */
  readonly remindedSeq: number;
  /** For each period of retention, counted from the epoch: the last seq before its first message. */
  readonly periods: Readonly<Record<string, number>>;
}
