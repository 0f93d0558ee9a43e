import type { ReceivedFrame } from '../../transport/websocket-transport.ts';
import type { LiveState } from '../live-store.ts';
import type { PageQuery } from '../page-query.ts';

/** What a content can do about itself. */
export interface Asking {
  /** Whether all of it is here. */
  readonly isLoaded: boolean;
  /** Asks for all of it once more, not too often. */
  again(delayMs?: number): void;
  /** The same after a while that is another one at each client. */
  againSoon(): void;
  /** Something else is to be shown. */
  changed(): void;
}

/** What a live store shows, and how it changes. */
export interface LiveContent<S extends LiveState> {
  /** What the user may see: when it is another one, all is forgotten and asked for anew. */
  readonly viewed: unknown;
  /** How many lines it has. */
  readonly size: number;
  /** Asks for all of it. What comes once it is not wanted any more is not taken. */
  fetch(isWanted: () => boolean): Promise<void>;
  /** Takes a frame of the group, or of none; once more if it came while all was asked for. */
  hear(frame: ReceivedFrame): void;
  /** Something in the group has changed. */
  look(): void;
  forget(): void;
  show(state: LiveState): S;
}

const pageLimit = 500;

/** Asks for one page after the other. */
export async function fetchPages<P extends { next: string | null }>(
  ask: (page: PageQuery) => Promise<P>,
  take: (answer: P) => void,
  isWanted: () => boolean,
): Promise<void> {
  let next: string | null | undefined;
  while (next !== null) {
    const answer = await ask({ limit: pageLimit, ...(next && { cursor: next }) });
    if (!isWanted()) return;
    take(answer);
    next = answer.next;
  }
}

/** The line that was there before if it says the same, so that lists redraw only what changed. */
export const sameLine = <T>(before: T | undefined, line: T): T =>
  before !== undefined && JSON.stringify(before) === JSON.stringify(line) ? before : line;

/**
 * The version that the service says a group is at whenever that is opened, and with each heartbeat: at another
 * one than the last time something was changed, and a frame that told of it may be lost.
 */
export class ConfirmedVersion {
  #last: number | undefined;

  /** In groups whose version is not told (0) it may have moved every time. */
  hasMoved(frame: ReceivedFrame): boolean {
    if (frame.type !== 'subscription_confirmed') return false;
    const hasMoved =
      this.#last !== undefined && (frame.version === 0 || frame.version !== this.#last);
    this.#last = frame.version;
    return hasMoved;
  }
}
