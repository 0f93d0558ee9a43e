import { useEffect, useState } from 'react';
import type { GroupHandle } from '../groups/group-handle.ts';
import type { LiveState } from '../live/live-store.ts';
import type { GroupStats, StatsSpan } from '../live/statistics.ts';
import type { SeenbyError, SeenbyErrorCode } from '../transport/seenby-error.ts';

/** Statistics of a group as a component shows them. */
export interface GroupStatsState extends LiveState {
  readonly stats?: GroupStats;
}

const loading: GroupStatsState = { status: 'loading' };
const retryMs = 10_000;
/** Asked again, it would say the same. */
const refusals = new Set<SeenbyErrorCode>(['FORBIDDEN', 'NOT_FOUND', 'BAD_REQUEST']);

/**
 * How a group reads, as of when the component came or its days were changed. Where the service cannot be
 * reached, it is asked again every ten seconds.
 */
export function useGroupStats(group: GroupHandle, { from, to }: StatsSpan = {}): GroupStatsState {
  const [state, setState] = useState(loading);
  useEffect(() => {
    setState(loading);
    const span = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    return keepAsking(() => group.stats(span), setState);
  }, [group, from, to]);
  return state;
}

/** Asks until there is an answer; what it returns ends that. */
function keepAsking(
  ask: () => Promise<GroupStats>,
  show: (state: GroupStatsState) => void,
): () => void {
  let isWanted = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const failed = (error: SeenbyError) => {
    if (!isWanted) return;
    const isRefused = refusals.has(error.code);
    show({ status: isRefused ? 'refused' : 'offline', error });
    if (!isRefused) timer = setTimeout(run, retryMs);
  };
  const run = () => {
    ask().then((stats) => isWanted && show({ status: 'ready', stats }), failed);
  };
  run();
  return () => {
    isWanted = false;
    clearTimeout(timer);
  };
}
