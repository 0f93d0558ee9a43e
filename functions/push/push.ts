import type { RangeSet } from '../../core/range-set.ts';
import type { Role } from '../../protocol/entities.ts';
import type { ServerFrame } from '../../protocol/server-frames.ts';

/** Something to tell, and to whom: decided by a use case, delivered after the write. */
export type Push =
  | { to: 'users'; userIds: readonly string[]; except?: string | undefined; frame: ServerFrame }
  | { to: 'members'; groupId: string; frame: ServerFrame }
  | { to: 'subscribers'; groupId: string; except?: string | undefined; frame: ServerFrame }
  /** Each of them learns that they are in, and nobody hears of the others. */
  | { to: 'joined'; groupId: string; userIds: readonly string[]; role: Role }
  /** Whoever has a group open that they share with the user. */
  | { to: 'neighbours'; userId: string; frame: ServerFrame }
  | ReceiptPush;

/** A receipt for the authors of the messages it is about, each told of their own messages only. */
export interface ReceiptPush {
  to: 'authors';
  groupId: string;
  readerId: string;
  kind: 'read' | 'played';
  seqs: RangeSet;
  at: number;
}
