import type { SocketRoute } from '@seenby/protocol/client-frames.ts';
import type { HttpRoute } from '@seenby/protocol/http-requests.ts';
import type { Clock } from './timing.ts';

/** What is counted for the dashboard. A metric filter reads each by this name. */
export interface Counts {
  sends: number;
  reads: number;
  framesPosted: number;
  /** Posts that API Gateway took no part of: its quota was used up, or a client's buffer was full. */
  postsRefused: number;
  /** Frames that a push of its own for each mark would have taken more. */
  framesSaved: number;
  /** Of the reads, those whose authors were told later than promised. */
  readsLate: number;
  /** Frames that were posted later than promised: with other frames in `framesPosted`. */
  framesLate: number;
}

/** What docs/objectives.md promises, in milliseconds: later is late. */
export const lateAfterMs = {
  /** From the request that marks as read to the end of its pushes, those to the authors included. */
  read: 250,
  /** From the making of a frame, or the time that it was due, to its post. */
  frame: 2000,
};

/** What a line with counts is called. */
export const countedLine = 'counted';

const minBetweenLinesMs = 10_000;

/**
 * Counts what happens and logs the sums, one line in ten seconds of a sandbox at most: a line for each
 * request would cost more than many a request. What a sandbox counted in its last seconds, and
 * nothing came after, is lost.
 */
export class UsageCounter {
  readonly #clock: Clock;
  #counts: Partial<Counts> = {};
  #loggedAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(name: keyof Counts, count = 1): void {
    if (count > 0) this.#note({ [name]: count });
  }

  #note(counts: Partial<Counts>): void {
    for (const [name, count] of Object.entries(counts) as [keyof Counts, number][]) {
      this.#counts[name] = (this.#counts[name] ?? 0) + count;
    }
    const now = this.#clock();
    if (now - this.#loggedAt < minBetweenLinesMs) return;
    console.info({ what: countedLine, ...this.#counts });
    this.#counts = {};
    this.#loggedAt = now;
  }

  /**
   * Takes note of a request that was carried out and whose pushes have been made, if it is of those that are counted.
   *
   * @param receivedAt When API Gateway took it, in epoch milliseconds.
   */
  addRequest(route: string, receivedAt: number): void {
    const name = countedRoutes.get(route);
    if (!name) return;
    const isLate = name === 'reads' && this.#clock() - receivedAt > lateAfterMs.read;
    this.#note({ [name]: 1, ...(isLate && { readsLate: 1 }) });
  }

  /** Takes note of frames that were posted, if that was too late. */
  addIfLate(frames: number, expectedAt: number): void {
    if (this.#clock() - expectedAt > lateAfterMs.frame) this.add('framesLate', frames);
  }
}

const counted: [HttpRoute | SocketRoute, keyof Counts][] = [
  ['send_message', 'sends'],
  ['POST /groups/{groupId}/messages', 'sends'],
  ['mark_read', 'reads'],
  ['POST /groups/{groupId}/read', 'reads'],
  ['POST /me/read', 'reads'],
];
const countedRoutes = new Map<string, keyof Counts>(counted);
