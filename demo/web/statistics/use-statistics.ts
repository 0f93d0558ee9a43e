import type { GroupHandle, GroupStats, MemberStats } from '@seenby/client';
import { useEffect, useState } from 'react';
import { fromOf, loadMemberStatistics, type SpanDays } from './statistics.ts';

export interface Loaded<T> {
  /** What is known so far. */
  readonly value?: T;
  readonly isLoading: boolean;
  readonly cause?: unknown;
}

/** The statistics of a group over the last days, as they are when it is shown; `attempt` asks anew. */
export function useStatistics(
  group: GroupHandle,
  days: SpanDays,
  attempt: number,
): Loaded<GroupStats> {
  const [loaded, setLoaded] = useState<Loaded<GroupStats>>({ isLoading: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt asks anew
  useEffect(() => {
    let isOver = false;
    setLoaded(({ value }) => ({ ...(value && { value }), isLoading: true }));
    group.stats({ from: fromOf(days, Date.now()) }).then(
      (value) => !isOver && setLoaded({ value, isLoading: false }),
      (cause: unknown) => !isOver && setLoaded({ cause, isLoading: false }),
    );
    return () => {
      isOver = true;
    };
  }, [group, days, attempt]);
  return loaded;
}

/** The same of each member. They come in pages: what is there grows while it loads. */
export function useMemberStatistics(
  stats: GroupStats,
  attempt: number,
): Loaded<readonly MemberStats[]> {
  const [loaded, setLoaded] = useState<Loaded<readonly MemberStats[]>>({ isLoading: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt asks anew
  useEffect(() => {
    let isOver = false;
    setLoaded({ isLoading: true });
    const failed = (cause: unknown) => {
      if (isOver) return;
      setLoaded(({ value }) => ({ ...(value && { value }), cause, isLoading: false }));
    };
    loadMemberStatistics(stats, (value, isLast) => {
      if (!isOver) setLoaded({ value, isLoading: !isLast });
      return !isOver;
    }).catch(failed);
    return () => {
      isOver = true;
    };
  }, [stats, attempt]);
  return loaded;
}
