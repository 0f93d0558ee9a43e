import type { Watched } from '../live/live.ts';
import type { LiveGroup } from '../live/live-group.ts';
import type { LiveState } from '../live/live-store.ts';
import { type WatchedStore, watchedStore } from '../live/watched-store.ts';
import { othersOf } from '../receipts/others.ts';
import type { Session } from '../session/session.ts';
import { type SeenbyError, toSeenbyError } from '../transport/seenby-error.ts';

/**
 * A part of the package of its own: what apps use later, or not at all. Without a network it is not asked for,
 * since many browsers never ask again for a file that could not be loaded; `isHere`: it was loaded before.
 */
export const loadExtras = (isHere = globalThis.navigator?.onLine !== false) =>
  (isHere ? import('../extras/extras.ts') : Promise.reject()).catch((cause) => {
    throw toSeenbyError(cause);
  });

const retryMs = 5000;

/** Uses them as soon as they are here: what cannot be loaded is tried again. */
export function withExtras(
  session: Pick<Session, 'host' | 'hasExtras'>,
  use: (extras: Awaited<ReturnType<typeof loadExtras>>) => void,
  failed?: (error: SeenbyError) => void,
): void {
  loadExtras(session.hasExtras).then(use, (error) => {
    session.host.after(retryMs, () => withExtras(session, use, failed));
    // It calls listeners of the app, which may throw.
    failed?.(error);
  });
}

/** What live stores show before anything is known: of each kind it has all that there is. */
const nothing = {
  status: 'loading',
  ...{ read: [], delivered: [], notYet: [], others: othersOf(0, 0, 0) },
  ...{ members: [], byId: new Map<never, never>(), bySeq: new Map<never, never>() },
} as const;

/** A store that loads, with its first subscription, what keeps it up to date. */
export function liveStore<S extends LiveState>(
  group: LiveGroup,
  watched: Watched,
  more?: object,
): WatchedStore<S> {
  const loading: LiveState = { ...nothing, ...more };
  return watchedStore(loading as S, (store) =>
    withExtras(
      group.parts.session,
      ({ turn }) => turn(group, watched, store),
      (error) => {
        const state: S = { ...store.take(), status: 'offline', error };
        store.take = () => state;
        for (const watcher of store.watchers) watcher();
      },
    ),
  );
}
