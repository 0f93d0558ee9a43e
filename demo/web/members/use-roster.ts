import type { Member, SeenbyError } from '@seenby/client';
import { useMembers } from '../conversation/members.ts';

export interface RosterMember extends Member {
  /** Undefined: nobody has said. */
  readonly online?: boolean;
}

export interface Roster {
  readonly status: 'loading' | 'ready' | 'offline' | 'refused';
  readonly error?: SeenbyError;
  readonly members: readonly RosterMember[];
  readonly byId: ReadonlyMap<string, RosterMember>;
}

/** Who is in the group on the screen. */
export function useRoster(): Roster {
  const byId = useMembers();
  return { status: byId.size > 0 ? 'ready' : 'loading', members: [...byId.values()], byId };
}
