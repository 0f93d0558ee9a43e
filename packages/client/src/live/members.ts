import type { Member } from '@seenby/protocol/entities.ts';
import type { LiveState } from './live-store.ts';

/** A member as lists show them. */
export interface GroupMember extends Member {
  /**
   * Whether they are connected. Undefined while nobody knows: the service tells of changes only, and only
   * where its setting `presence` is on.
   */
  readonly online?: boolean;
}

/** Who is in a group. */
export interface Members extends LiveState {
  /** By user id. */
  readonly members: readonly GroupMember[];
  readonly byId: ReadonlyMap<string, GroupMember>;
}
