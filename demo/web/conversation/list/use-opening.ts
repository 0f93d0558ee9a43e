import { type GroupHandle, SeenbyError } from '@seenby/client';
import { useConnection } from '@seenby/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';

const pageLimit = 100;

/** `ready` once a page of messages is here, or it is known that there is none. */
export type OpeningState = 'loading' | 'ready' | 'offline' | 'refused';

export interface Opening {
  readonly state: OpeningState;
  /** The first message that was unread when the conversation was opened: the line goes above it. */
  readonly firstNewSeq: number | undefined;
  readonly hasOlder: boolean;
  loadOlder(): Promise<void>;
  /** Loads older messages until this one is there. */
  loadBackTo(seq: number): Promise<void>;
}

/** Loads the newest messages when a conversation is opened, and older ones on demand. */
export function useOpening(group: GroupHandle): Opening {
  const [state, setState] = useState<OpeningState>('loading');
  const [firstNewSeq, setFirstNewSeq] = useState(group.firstUnread);
  const [hasOlder, setHasOlder] = useState(true);
  const loading = useRef<Promise<void>>(undefined);
  const { state: connection } = useConnection();

  const loadOlder = useCallback((): Promise<void> => {
    loading.current ??= group
      .history({ limit: pageLimit })
      .then(({ hasMore }) => {
        setHasOlder(hasMore);
        setState('ready');
      })
      // Scrolling up, or a new connection, asks again.
      .catch((cause) => setState((before) => (before === 'ready' ? before : failed(cause))))
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
    // "Mark unread from here" draws the line anew.
    return group.on('unread', () => {
      if (group.isReadingSuspended) setFirstNewSeq(group.firstUnread);
    });
  }, [group]);
  const isMissing = state !== 'ready';
  useEffect(() => {
    if (isMissing && connection !== 'waiting') void loadOlder();
  }, [isMissing, connection, loadOlder]);
  return { state, firstNewSeq, hasOlder, loadOlder, loadBackTo };
}

const failed = (cause: unknown): OpeningState =>
  cause instanceof SeenbyError && ['FORBIDDEN', 'NOT_FOUND'].includes(cause.code)
    ? 'refused'
    : 'offline';

function firstSeqOf(group: GroupHandle): number {
  const first = group.messages.find(({ state }) => state === 'sent');
  return first?.state === 'sent' ? first.seq : Number.POSITIVE_INFINITY;
}
