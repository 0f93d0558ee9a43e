import type { GroupHandle, Member } from '@seenby/client';
import { createContext, useContext, useMemo, useSyncExternalStore } from 'react';

export type Members = ReadonlyMap<string, Member>;

export const MembersContext = createContext<Members>(new Map());

export const useMembers = (): Members => useContext(MembersContext);

/** How a user is called; the id where no name is known, as of those who have left. */
export const nameOf = (members: Members, userId: string): string =>
  members.get(userId)?.name ?? userId;

/** The members of a group by user id. Who comes online or goes changes nothing of it. */
export function useLoadedMembers(group: GroupHandle): Members {
  const get = useMemo(() => withoutPresence(group), [group]);
  return useSyncExternalStore(group.members.subscribeState, get, get);
}

/** Answers the same members until one of them is called otherwise, comes or goes. */
function withoutPresence({ members }: GroupHandle): () => Members {
  let looked: Members = new Map();
  let shown: Members = looked;
  return () => {
    const { byId } = members.getSnapshot();
    if (byId !== looked && !isSame(byId, shown)) shown = byId;
    looked = byId;
    return shown;
  };
}

function isSame(some: Members, others: Members): boolean {
  if (some.size !== others.size) return false;
  for (const [userId, { name, picture, role }] of some) {
    const other = others.get(userId);
    if (other?.name !== name || other?.picture !== picture || other?.role !== role) return false;
  }
  return true;
}
