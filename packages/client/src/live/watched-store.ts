import type { LiveState, LiveStore } from './live-store.ts';

/** A live store as what keeps it up to date sees it. */
export interface WatchedStore<S extends LiveState> extends LiveStore<S> {
  readonly watchers: Set<() => void>;
  /** Answers the same object until it changes. */
  take: () => S;
  readonly close: () => void;
}

/**
 * The part of a live store that is there before what keeps it up to date is loaded. `turned`: somebody may
 * have begun to watch it, or the last one have ended.
 */
export function watchedStore<S extends LiveState>(
  loading: S,
  turned: (store: WatchedStore<S>) => void,
): WatchedStore<S> {
  const store: WatchedStore<S> = {
    watchers: new Set(),
    take: () => loading,
    getSnapshot: () => store.take(),
    subscribeState(listener) {
      // Of its own: one listener may be given twice.
      const watcher = () => listener();
      store.watchers.add(watcher);
      turned(store);
      return () => {
        store.watchers.delete(watcher);
        turned(store);
      };
    },
    close() {
      store.watchers.clear();
      turned(store);
    },
  };
  return store;
}
