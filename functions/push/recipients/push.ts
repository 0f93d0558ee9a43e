import type { GroupState } from '@seenby/core/group.ts';
import type { RangeSet } from '@seenby/core/ranges/range-set.ts';
import type { ReceiptKind, Role } from '@seenby/protocol/entities.ts';
import type { ServerFrame } from '@seenby/protocol/server-frames.ts';
import type { Refusal, Result } from '../../runtime/result.ts';

/** A frame and who it is for: decided by a use case, pushed once its write is made. */
export type Push =
  | UserPush
  | JoinPush
  | ReceiptPush
  | WatcherPush
  | MemberPush
  | SubscriberPush
  | ContactPush;

/** As many of the newest messages of a mark are worth a receipt of their own: of more a frame would be too large. */
export const maxSeqsPerReceipt = 256;

/** For users, on all their devices but one. */
export interface UserPush {
  to: 'users';
  userIds: readonly string[];
  except?: string | undefined;
  frame: ServerFrame;
}

/** Each of them learns that they are in, and nobody learns who the others are. */
export interface JoinPush {
  to: 'joined';
  groupId: string;
  userIds: readonly string[];
  role: Role;
}

/** A receipt for the authors of the messages it is about, each told of their own messages only. */
export interface ReceiptPush {
  to: 'authors';
  group: GroupState;
  readerId: string;
  kind: 'read' | 'played';
  seqs: RangeSet;
  at: number;
}

/**
 * A receipt for the connections that have the group open and may see it. Authors are told of their own
 * messages by a `ReceiptPush`, and by this of others'.
 */
export interface WatcherPush {
  to: 'watchers';
  group: GroupState;
  readerId: string;
  kind: ReceiptKind;
  seqs: RangeSet;
  at: number;
}

/** For everybody who is in the group. */
export interface MemberPush {
  to: 'members';
  groupId: string;
  frame: ServerFrame;
}

/** For the connections that have the group open, but those of one user. */
export interface SubscriberPush {
  to: 'subscribers';
  groupId: string;
  exceptUserId?: string | undefined;
  frame: ServerFrame;
}

/** For the connections of others that have a group open in which the user is, too. */
export interface ContactPush {
  to: 'contacts';
  userId: string;
  frame: ServerFrame;
}

/**
 * The result of a use case that pushes. The pushes stand beside the value, because only the value
 * is the answer: an edge answers with it and hands the pushes on. Who pushes nothing returns a
 * plain `Result`.
 */
export type ResultWithPushes<T> = ({ ok: true; value: T } & Consequences) | Refusal;

/** What follows from a write once it is made. */
export interface Consequences {
  pushes: readonly Push[];
  /**
   * Ends the request once all of this has been pushed. Until then the same request again pushes it again. MAY throw.
   */
  noteTold?: (() => Promise<unknown>) | undefined;
}

export const doneWithPushes = <T>(
  value: T,
  pushes: readonly Push[] = [],
  noteTold?: () => Promise<unknown>,
): ResultWithPushes<T> => ({ ok: true, value, pushes, noteTold });

/** An edge's answer made from the result of any use case. */
export function mapResult<T, A>(
  result: Result<T> | ResultWithPushes<T>,
  toAnswer: (value: T) => A,
): ResultWithPushes<A> {
  if (!result.ok) return result;
  const { pushes, noteTold } = 'pushes' in result ? result : { pushes: [] };
  return doneWithPushes(toAnswer(result.value), pushes, noteTold);
}
