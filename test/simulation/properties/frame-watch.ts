import { frameOf } from '../world/frame-of.ts';
import type { Posted } from '../world/gateway.ts';
import type { SimulatedTime } from '../world/simulated-time.ts';
import type { Findings } from './findings.ts';
import type { RowWatch } from './row-watch.ts';

/** A frame for few connections is posted from where it was made, which takes no longer. */
const underWayMs = 2000;

type SeenFrame = Partial<Record<'type' | 'groupId' | 'requestId', string>> & {
  counts?: unknown;
  version?: number;
  timestamp: number;
};

interface Versioned {
  version: number;
  timestamp: number;
}

/** Pushes overtake each other: from the moment that rows are read for one until its frame is made, a function may wait so long. */
const maxPushMs = 60_000;

/** Looks at every frame as it is posted, whatever becomes of it. */
export class FrameWatch {
  readonly #findings: Findings;
  readonly #rows: RowWatch;
  readonly #time: SimulatedTime;
  frames = 0;
  /** Frames with counts, by connection and group, since they were last asked for. */
  #countFrames = new Map<string, number>();

  /** The highest version of each user's view of a group. */
  readonly #highest = new Map<string, Versioned>();
  readonly #isOneClock: boolean;

  constructor(findings: Findings, rows: RowWatch, time: SimulatedTime, isOneClock: boolean) {
    this.#isOneClock = isOneClock;
    this.#findings = findings;
    this.#rows = rows;
    this.#time = time;
  }

  see({ userId, connectionId, text, sandbox }: Posted): void {
    this.frames++;
    const frame = frameOf<SeenFrame>(text);
    const { type, groupId, requestId } = frame;
    // An answer goes to who asked, as they were when they asked.
    if (groupId === undefined || requestId !== undefined || type === 'group_removed') return;
    if (frame.version !== undefined) this.#checkVersion(userId, groupId, frame as Versioned);
    if (frame.counts) {
      const name = `${connectionId} ${groupId}`;
      this.#countFrames.set(name, (this.#countFrames.get(name) ?? 0) + 1);
    }
    const wasMemberAt = this.#rows.lastMemberAt(groupId, userId);
    const readAt = sandbox.invokedAt - underWayMs;
    // A system of two has no one moment: a member who leaves while the frame is made may get it.
    const mayHave = wasMemberAt !== undefined && wasMemberAt >= readAt;
    this.#findings.check('PU5 no frame to a non-member', mayHave, () => {
      return `${userId} got ${text.slice(0, 200)}, member until ${wasMemberAt}, now ${this.#time.clock()}`;
    });
  }

  /** [PU4] As far as one clock says what is later, and beyond what a push may take. */
  #checkVersion(userId: string, groupId: string, { version, timestamp }: Versioned): void {
    if (!this.#isOneClock) return;
    const view = `${userId} ${groupId} ${this.#rows.viewOf(groupId, userId)}`;
    const highest = this.#highest.get(view) ?? { version, timestamp };
    const isLater = timestamp > highest.timestamp + maxPushMs;
    const isLower = isLater && version < highest.version;
    this.#findings.check('PU4 later counts have no lower version', !isLower, () => {
      return `${view}: ${version} of ${timestamp} after ${JSON.stringify(highest)}`;
    });
    if (version >= highest.version) this.#highest.set(view, { version, timestamp });
  }

  /** How many frames with counts a connection was posted of a group since the last call, at the most. */
  takeMaxCountFrames(): number {
    const max = Math.max(0, ...this.#countFrames.values());
    this.#countFrames = new Map();
    return max;
  }
}
