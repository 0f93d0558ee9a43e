import type { GroupHandle, GroupStats, MemberStats } from '@seenby/client';
import { useCallback, useEffect, useRef, useState } from 'react';
import { fromOf, loadMemberStatistics, type SpanDays } from './statistics.ts';

interface Known<T> {
  /** What is known so far. */
  readonly value?: T;
  readonly isLoading: boolean;
  readonly cause?: unknown;
}

export interface Loaded<T> extends Known<T> {
  /** Asks anew. */
  retry(): void;
}

/** The statistics of a group over the last days, as they are when it is shown. */
export function useStatistics(group: GroupHandle, days: SpanDays): Loaded<GroupStats> {
  const [known, setKnown] = useState<Known<GroupStats>>({ isLoading: true });
  const load = useCallback(() => {
    let isOver = false;
    setKnown(({ value }) => ({ ...(value && { value }), isLoading: true }));
    group.stats({ from: fromOf(days, Date.now()) }).then(
      (value) => !isOver && setKnown({ value, isLoading: false }),
      (cause: unknown) => !isOver && setKnown({ cause, isLoading: false }),
    );
    return () => {
      isOver = true;
    };
  }, [group, days]);
  return { ...known, retry: useLoading(load) };
}

/** The same of each member. They come in pages: what is there grows while it loads. */
export function useMemberStatistics(stats: GroupStats): Loaded<readonly MemberStats[]> {
  const [known, setKnown] = useState<Known<readonly MemberStats[]>>({ isLoading: true });
  const load = useCallback(() => {
    let isOver = false;
    setKnown({ isLoading: true });
    const failed = (cause: unknown) => {
      if (isOver) return;
      setKnown(({ value }) => ({ ...(value && { value }), cause, isLoading: false }));
    };
    loadMemberStatistics(stats, (value, isLast) => {
      if (!isOver) setKnown({ value, isLoading: !isLast });
      return !isOver;
    }).catch(failed);
    return () => {
      isOver = true;
    };
  }, [stats]);
  return { ...known, retry: useLoading(load) };
}

/** Loads at once, anew with another `load`, and when asked to. `load` answers what calls it off. */
function useLoading(load: () => () => void): () => void {
  const callOff = useRef(() => {});
  const again = useCallback(() => {
    callOff.current();
    callOff.current = load();
  }, [load]);
  useEffect(() => {
    again();
    return () => callOff.current();
  }, [again]);
  return again;
}
