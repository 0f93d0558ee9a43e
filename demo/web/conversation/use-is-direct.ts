import type { GroupHandle } from '@seenby/client';
import { useConnection } from '@seenby/client/react';
import { useEffect, useState } from 'react';

/** The kind of a group never changes. */
const known = new Map<string, boolean>();

/**
 * Whether it is a chat of two. Until the service has said so it is taken for one: what a group has
 * besides appears then, and nothing that was shown goes away.
 */
export function useIsDirect(group: GroupHandle): boolean {
  const { groupId } = group;
  const [isDirect, setIsDirect] = useState(() => known.get(groupId));
  const { state } = useConnection();
  const isUnknown = isDirect === undefined;
  useEffect(() => {
    if (!isUnknown || state !== 'connected') return;
    let isOver = false;
    group.get().then(
      ({ kind }) => {
        known.set(groupId, kind === 'direct');
        if (!isOver) setIsDirect(kind === 'direct');
      },
      // The next connection asks again.
      () => {},
    );
    return () => {
      isOver = true;
    };
  }, [group, groupId, isUnknown, state]);
  return isDirect ?? true;
}
