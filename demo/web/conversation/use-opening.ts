import type { GroupHandle } from '@seenby/client';
import { useCallback, useEffect, useRef, useState } from 'react';

const pageLimit = 100;

export interface Opening {
  /** The first message that was unread when the conversation was opened: the line goes above it. */
  firstNewSeq: number | undefined;
  hasOlder: boolean;
  loadOlder(): Promise<void>;
  /** Loads older messages until this one is there. */
  loadBackTo(seq: number): Promise<void>;
}

/** Loads the newest messages when a conversation is opened, and older ones on demand. */
export function useOpening(group: GroupHandle): Opening {
  const [firstNewSeq, setFirstNewSeq] = useState(group.firstUnread);
  const [hasOlder, setHasOlder] = useState(true);
  const loading = useRef<Promise<void>>(undefined);

  const loadOlder = useCallback((): Promise<void> => {
    loading.current ??= group
      .history({ limit: pageLimit })
      .then(({ hasMore }) => setHasOlder(hasMore))
      // Scrolling up again asks again.
      .catch(() => {})
      .finally(() => {
        loading.current = undefined;
      });
    return loading.current;
  }, [group]);

  const loadBackTo = useCallback(
    async (seq: number): Promise<void> => {
      for (let first = firstSeqOf(group); first > seq; ) {
        await loadOlder();
        const before = first;
        first = firstSeqOf(group);
        if (first === before) return;
      }
    },
    [group, loadOlder],
  );

  useEffect(() => {
    setFirstNewSeq(group.firstUnread);
    void loadOlder();
    // "Mark unread from here" draws the line anew.
    return group.on('unread', () => {
      if (group.isReadingSuspended) setFirstNewSeq(group.firstUnread);
    });
  }, [group, loadOlder]);
  return { firstNewSeq, hasOlder, loadOlder, loadBackTo };
}

function firstSeqOf(group: GroupHandle): number {
  const first = group.messages.find(({ state }) => state === 'sent');
  return first?.state === 'sent' ? first.seq : Number.POSITIVE_INFINITY;
}
