import type { GroupHandle } from '@seenby/client';
import { useSeenby } from '@seenby/client/react';
import { useEffect, useState } from 'react';
import {
  fromOf,
  type GroupStatistics,
  loadMemberStatistics,
  loadStatistics,
  type MemberStatistics,
  type SpanDays,
} from './statistics.ts';

export interface Loaded<T> {
  /** What is known so far. */
  readonly value?: T;
  readonly isLoading: boolean;
  readonly cause?: unknown;
}

/** The statistics of a group over the last days, as they are when it is shown; `attempt` asks anew. */
export function useStatistics(
  { groupId }: GroupHandle,
  days: SpanDays,
  attempt: number,
): Loaded<GroupStatistics> {
  const client = useSeenby();
  const [loaded, setLoaded] = useState<Loaded<GroupStatistics>>({ isLoading: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt asks anew
  useEffect(() => {
    let isOver = false;
    setLoaded(({ value }) => ({ ...(value && { value }), isLoading: true }));
    loadStatistics(client, groupId, fromOf(days, Date.now())).then(
      (value) => !isOver && setLoaded({ value, isLoading: false }),
      (cause: unknown) => !isOver && setLoaded({ cause, isLoading: false }),
    );
    return () => {
      isOver = true;
    };
  }, [client, groupId, days, attempt]);
  return loaded;
}

/** The same of each member. They come in pages: what is there grows while it loads. */
export function useMemberStatistics(
  { groupId }: GroupHandle,
  days: SpanDays,
  attempt: number,
): Loaded<readonly MemberStatistics[]> {
  const client = useSeenby();
  const [loaded, setLoaded] = useState<Loaded<readonly MemberStatistics[]>>({ isLoading: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt asks anew
  useEffect(() => {
    let isOver = false;
    setLoaded({ isLoading: true });
    const from = fromOf(days, Date.now());
    loadMemberStatistics(client, { groupId, from }, (value, isLast) => {
      if (!isOver) setLoaded({ value, isLoading: !isLast });
      return !isOver;
    }).catch(
      (cause: unknown) =>
        !isOver && setLoaded(({ value }) => ({ ...(value && { value }), cause, isLoading: false })),
    );
    return () => {
      isOver = true;
    };
  }, [client, groupId, days, attempt]);
  return loaded;
}
