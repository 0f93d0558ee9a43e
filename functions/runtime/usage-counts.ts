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
}

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
    if (count === 0) return;
    this.#counts[name] = (this.#counts[name] ?? 0) + count;
    const now = this.#clock();
    if (now - this.#loggedAt < minBetweenLinesMs) return;
    console.info({ what: countedLine, ...this.#counts });
    this.#counts = {};
    this.#loggedAt = now;
  }

  /** Takes note of a request that was carried out, if it is of those that are counted. */
  addRequest(route: string): void {
    const name = countedRoutes.get(route);
    if (name) this.add(name);
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
