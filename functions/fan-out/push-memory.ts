import { difference, emptySet, type RangeSet, union } from '@seenby/core/ranges/range-set.ts';
import { BoundedMap } from '../runtime/bounded-map.ts';

interface Pushed {
  at: number;
  version: number;
  seqs: RangeSet;
  /** What was pushed recently, this time included. */
  recent: { at: number; seqs: RangeSet }[];
}

const maxGroups = 10_000;
/** Longer than a frame is tried for, by whichever Lambda. */
export const recentMs = 90_000;

/**
 * What a sandbox of the fan-out last pushed of each group. All changes of a group come by one shard
 * and so, as a rule, to one sandbox; where they do not, a push too many is the worst of it.
 */
export class PushMemory {
  readonly #pushed = new BoundedMap<string, Pushed>(maxGroups);

  /** How long the group's next push has to wait for its turn, in milliseconds. */
  waitMs(groupId: string, intervalMs: number, now: number): number {
    const last = this.#pushed.get(groupId);
    return last ? Math.max(0, last.at + intervalMs - now) : 0;
  }

  /** Of the changed messages, the ones whose counts have not been pushed as they stand now. */
  notPushed(groupId: string, version: number, changed: RangeSet): RangeSet {
    const last = this.#pushed.get(groupId);
    return last?.version === version ? difference(changed, last.seqs) : changed;
  }

  /** The messages pushed so recently that the frames may still be on their way. */
  pushedRecently(groupId: string, now: number): RangeSet {
    const { recent = [] } = this.#pushed.get(groupId) ?? {};
    return recent.filter(isRecent(now)).reduce((sum, { seqs }) => union(sum, seqs), emptySet);
  }

  note(groupId: string, version: number, seqs: RangeSet, at: number): void {
    const last = this.#pushed.get(groupId);
    this.#pushed.set(groupId, {
      at,
      version,
      seqs: last?.version === version ? union(last.seqs, seqs) : seqs,
      recent: [...(last?.recent ?? []).filter(isRecent(at)), { at, seqs }],
    });
  }
}

const isRecent =
  (now: number) =>
  ({ at }: { at: number }): boolean =>
    now - at < recentMs;
