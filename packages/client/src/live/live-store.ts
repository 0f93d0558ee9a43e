import type { Off } from '../transport/emitter.ts';
import type { SeenbyError } from '../transport/seenby-error.ts';

/**
 * `loading` until all of it is here. `offline`: the service cannot be reached; what was known stays, and the
 * service is asked again by itself. `refused`: the service says no, and `error` why: FORBIDDEN (the group has
 * positions only, or role and visibility do not allow it) or NOT_FOUND (no such message, or the user is not in
 * the group). It becomes `ready` by itself once the service says yes.
 */
export type LiveStatus = 'loading' | 'ready' | 'offline' | 'refused';

/** What every live store tells of itself. */
export interface LiveState {
  readonly status: LiveStatus;
  /** Why it is `offline` or `refused`, where the service or the network said so. */
  readonly error?: SeenbyError;
}

/**
 * Something that is kept up to date as long as somebody is subscribed. The first subscription loads it; the
 * end of the last one releases all that it needs. To have a store costs nothing.
 */
export interface LiveStore<S extends LiveState> {
  /** Calls back after the snapshot has changed. */
  readonly subscribeState: (listener: () => void) => Off;
  /** The state, the same object until it changes. */
  readonly getSnapshot: () => S;
}
