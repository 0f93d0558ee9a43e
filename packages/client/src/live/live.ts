import type { LiveGroup } from './live-group.ts';
import type { LiveState } from './live-store.ts';
import type { Asking, LiveContent } from './sources/live-content.ts';
import { LiveSource } from './sources/live-source.ts';
import { MembersContent } from './sources/members-content.ts';
import { PositionsContent } from './sources/positions-content.ts';
import { ReadersContent } from './sources/readers-content.ts';
import type { WatchedStore } from './watched-store.ts';

/** What is watched of a group: a seq stands for the readers of that message. */
export type Watched = 'members' | 'positions' | number;

type Sources = Map<Watched, LiveSource<LiveState>>;
const sourcesOf = new WeakMap<LiveGroup, Sources>();

/** Somebody watches a store now, or nobody any more. Stores of the same share what they ask for. */
export function turn<S extends LiveState>(
  group: LiveGroup,
  watched: Watched,
  store: WatchedStore<S>,
): void {
  const sources: Sources = sourcesOf.get(group) ?? new Map();
  sourcesOf.set(group, sources);
  const known = sources.get(watched);
  const target = store as unknown as WatchedStore<LiveState>;
  if (store.watchers.size > 0) {
    const source =
      known ?? new LiveSource<LiveState>(group, (asking) => contentOf(group, watched, asking));
    sources.set(watched, source);
    source.attach(target);
  } else if (known?.detach(target) && typeof watched === 'number') {
    sources.delete(watched);
  }
}

function contentOf(group: LiveGroup, watched: Watched, asking: Asking): LiveContent<LiveState> {
  if (watched === 'members') return new MembersContent(group, asking);
  if (watched === 'positions') return new PositionsContent(group, asking);
  return new ReadersContent(group, watched, asking);
}
