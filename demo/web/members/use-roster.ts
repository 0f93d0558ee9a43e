import type { GroupHandle, Member, SeenbyError } from '@seenby/client';
import { useSeenby } from '@seenby/client/react';
import { useMemo } from 'react';
import { useMembers } from '../conversation/members.ts';
import { useActive } from './use-active.ts';

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

/** Who is in a group, and who of them is known to be there now. */
export function useRoster(group: GroupHandle): Roster {
  const told = useMembers();
  const active = useActive(group);
  const { userId = '' } = useSeenby();
  return useMemo(() => {
    const byId = new Map<string, RosterMember>();
    for (const [id, member] of told) {
      const isHere = id === userId || active.has(id);
      byId.set(id, isHere ? { ...member, online: true } : member);
    }
    return { status: byId.size > 0 ? 'ready' : 'loading', members: [...byId.values()], byId };
  }, [told, active, userId]);
}
