import type { MemberPosition } from '@seenby/protocol/entities.ts';
import type { LiveState } from './live-store.ts';

/** Up to where the members of a group have read. */
export interface Positions extends LiveState {
  /** All of them, the user too, by user id. The user's own `deliveredSeq` is that of the last request. */
  readonly members: readonly MemberPosition[];
  /**
   * The others by the seq up to which they have read everything; of each the newest reader first. A seq may
   * be of a message that is not shown: then the nearest one below it is the last that they have seen.
   */
  readonly bySeq: ReadonlyMap<number, readonly MemberPosition[]>;
}
