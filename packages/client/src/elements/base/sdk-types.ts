// Stand-in until the SDK has them.

import type { MemberPosition } from '@seenby/protocol/entities.ts';
import type { ReceiptOthers } from '../../receipts/others.ts';
import type { Off } from '../../transport/emitter.ts';
import type { SeenbyError } from '../../transport/seenby-error.ts';
export type LiveStatus = 'loading' | 'ready' | 'offline' | 'refused';
export interface LiveState {
  readonly status: LiveStatus;
  readonly error?: SeenbyError;
}
export interface LiveStore<S extends LiveState> {
  readonly subscribeState: (listener: () => void) => Off;
  readonly getSnapshot: () => S;
}
export interface Readers extends LiveState {
  readonly seq: number;
  readonly read: readonly Reader[];
  readonly delivered: readonly Reader[];
  readonly notYet: readonly Reader[];
  readonly others: ReceiptOthers;
  readonly author?: Reader;
  readonly medianDelayMs?: number;
  readonly p95DelayMs?: number;
}
export interface ReadersStore extends LiveStore<Readers> {
  close(): void;
}
export interface Reader {
  readonly userId: string;
  readonly name?: string;
  readonly picture?: string;
  readonly deliveredAt: number | null;
  readonly readAt: number | null;
  readonly playedAt?: number | null;
  readonly left?: true;
}
export interface Positions extends LiveState {
  readonly members: readonly MemberPosition[];
  readonly bySeq: ReadonlyMap<number, readonly MemberPosition[]>;
}
