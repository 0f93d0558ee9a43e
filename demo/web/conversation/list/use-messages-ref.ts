import type { GroupHandle } from '@seenby/client';
import { useTrackReads } from '@seenby/client/react';
import { type RefCallback, type RefObject, useCallback } from 'react';

/** For the element that scrolls: what is seen in it is read, and `object` gets it as well. */
export function useMessagesRef(
  object: RefObject<HTMLElement | null>,
  group: GroupHandle,
): RefCallback<HTMLElement> {
  const trackReads = useTrackReads(group);
  return useCallback(
    (element) => {
      object.current = element;
      return trackReads(element);
    },
    [object, trackReads],
  );
}
