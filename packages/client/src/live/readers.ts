import type { ReceiptLine } from '@seenby/protocol/entities.ts';
import type { ReceiptOthers } from '../receipts/others.ts';
import type { LiveState, LiveStore } from './live-store.ts';

/** Somebody in the audience of a message, with times in epoch milliseconds. */
export type Reader = ReceiptLine;

/** Who of the others has read a message, has it, or has not. */
export interface Readers extends LiveState {
  readonly seq: number;
  /** Those who read it, the newest first. Whose time nobody may know come last: their `readAt` is null. */
  readonly read: readonly Reader[];
  /** Those who have it and have not read it, the newest first. */
  readonly delivered: readonly Reader[];
  /** All others, by name. */
  readonly notYet: readonly Reader[];
  /** How many they are: while it is loading, as the service counts them. */
  readonly others: ReceiptOthers;
  /** Who wrote it; in none of the lists. `readAt` is when. */
  readonly author?: Reader;
  /** How long those who read it took, counted from when it was written. Undefined while nobody has. */
  readonly medianDelayMs?: number;
  /** 95 of 100 readers took no longer. */
  readonly p95DelayMs?: number;
}

/** The readers of a message, live. */
export interface ReadersStore extends LiveStore<Readers> {
  /** Ends all its subscriptions. */
  close(): void;
}
