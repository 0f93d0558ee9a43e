import type { GroupHandle, Member } from '@seenby/client';
import { createContext, useContext, useEffect, useState } from 'react';

export type Members = ReadonlyMap<string, Member>;

const pageLimit = 500;
/** Several joining or leaving at a time cost one request. */
const gatherMs = 1000;

export const MembersContext = createContext<Members>(new Map());

export const useMembers = (): Members => useContext(MembersContext);

/** How a user is called; the id where no name is known, as of those who have left. */
export const nameOf = (members: Members, userId: string): string =>
  members.get(userId)?.name ?? userId;

/** The members of a group by user id, anew when that changes. */
export function useLoadedMembers(group: GroupHandle): Members {
  const [members, setMembers] = useState<Members>(new Map());
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const load = () =>
      loadMembers(group).then(
        (loaded) => !isOver && setMembers(loaded),
        // Ids stand in for the names until the next attempt.
        () => {},
      );
    void load();
    const reload = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void load();
      }, gatherMs);
    };
    // A name is known once somebody has come with a token that has one: it is asked for once.
    const asked = new Set<string>();
    const ends = [
      group.on('members', reload),
      group.on('group', reload),
      group.on('message', ({ message: { senderId } }) => {
        if (!asked.has(senderId)) reload();
        asked.add(senderId);
      }),
    ];
    return () => {
      isOver = true;
      clearTimeout(timer);
      for (const end of ends) end();
    };
  }, [group]);
  return members;
}

async function loadMembers(group: GroupHandle): Promise<Members> {
  const loaded = new Map<string, Member>();
  let cursor: string | undefined;
  do {
    const page = await group.listMembers({ limit: pageLimit, ...(cursor && { cursor }) });
    for (const member of page.members) loaded.set(member.userId, member);
    cursor = page.next ?? undefined;
  } while (cursor);
  return loaded;
}
