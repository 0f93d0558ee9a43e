import type { GroupHandle } from '@seenby/client';
import { useConnection } from '@seenby/client/react';
import { useEffect, useState } from 'react';

/** The kind of a group never changes. */
const known = new Map<string, boolean>();

/** Whether it is a chat of two; undefined until the service has said so, which it is asked once. */
export function useIsDirect(group: GroupHandle): boolean | undefined {
  const { groupId } = group;
  const [isDirect, setIsDirect] = useState(() => known.get(groupId));
  const { state } = useConnection();
  const isUnknown = isDirect === undefined;
  useEffect(() => {
    if (!isUnknown || state === 'connecting') return;
    let isOver = false;
    group.get().then(
      ({ kind }) => {
        known.set(groupId, kind === 'direct');
        if (!isOver) setIsDirect(kind === 'direct');
      },
      // Shown as a group meanwhile; who opens it again asks again.
      () => !isOver && setIsDirect(false),
    );
    return () => {
      isOver = true;
    };
  }, [group, groupId, isUnknown, state]);
  return isDirect;
}
