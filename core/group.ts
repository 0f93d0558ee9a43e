import type { GroupKind, LastMessage, Tracking, Visibility } from '../protocol/entities.ts';
import type { RangeSet } from './range-set.ts';

/** The settings of a group and where its conversation stands. */
export interface GroupState {
  readonly groupId: string;
  readonly name: string;
  readonly kind: GroupKind;
  readonly tracking: Tracking;
  readonly visibility: Visibility;
  readonly historyForNewMembers: number;
  readonly createdAt: number;
  /** Highest number given to a member: the group never had more members than that. */
  readonly lastOrdinal: number;
  readonly lastSeq: number;
  readonly lastMessage?: LastMessage;
  /** Seqs without a message to read: recalled, or lost before the message was stored. */
  readonly recalled: RangeSet;
  /** For each step of retention, counted from the epoch: the last seq before its first message. */
  readonly steps: Readonly<Record<string, number>>;
}
