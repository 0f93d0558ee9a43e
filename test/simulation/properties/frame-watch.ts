import type { Posted } from '../world/gateway.ts';
import type { SimulatedTime } from '../world/simulated-time.ts';
import type { Findings } from './findings.ts';
import type { RowWatch } from './row-watch.ts';

/** A frame for few connections is posted from where it was made, which takes no longer. */
const underWayMs = 2000;

/** Looks at every frame as it is posted, whatever becomes of it. */
export class FrameWatch {
  readonly #findings: Findings;
  readonly #rows: RowWatch;
  readonly #time: SimulatedTime;
  frames = 0;
  /** Frames with counts, by connection and group, since they were last asked for. */
  #countFrames = new Map<string, number>();

  constructor(findings: Findings, rows: RowWatch, time: SimulatedTime) {
    this.#findings = findings;
    this.#rows = rows;
    this.#time = time;
  }

  see({ userId, connectionId, text, sandbox }: Posted): void {
    this.frames++;
    const frame = JSON.parse(text) as Partial<Record<'type' | 'groupId' | 'requestId', string>> & {
      counts?: unknown;
    };
    const { type, groupId, requestId } = frame;
    // An answer goes to who asked, as they were when they asked.
    if (groupId === undefined || requestId !== undefined || type === 'group_removed') return;
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

  /** How many frames with counts a connection was posted of a group since the last call, at the most. */
  takeMaxCountFrames(): number {
    const max = Math.max(0, ...this.#countFrames.values());
    this.#countFrames = new Map();
    return max;
  }
}
