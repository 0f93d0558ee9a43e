import { countRanges } from '@seenby/core/counts/counts.ts';
import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { difference, intersect, type Range, type RangeSet } from '@seenby/core/ranges/range-set.ts';
import type { CountRange } from '@seenby/protocol/entities.ts';
import { BoundedMap } from '../runtime/bounded-map.ts';
import type { PushedSeqs } from '../store/count-pushes.ts';
import { MessageAges } from './message-ages.ts';

const maxGroups = 2000;
/** The clocks of two Lambdas differ by less. A job that comes before its time waits for it. */
const earlyMs = 100;

/**
 * What a sandbox of the fan-out knows of a group. It saves requests; a sandbox that has forgotten it pushes
 * too early, never too late.
 */
export class GroupMemory {
  readonly ages = new MessageAges();
  /** A push that a job in the queue will make. */
  due: PushedSeqs | undefined;
  isBig = false;
  /** Connections that were last pushed to. */
  watchers = 0;
  #counted: { counts: readonly CountRange[]; range: Range; places: number } | undefined;
  /** Changes of members since the counts were taken. */
  #changes = 0;

  /** Whether a push that is due shows these anyway. */
  willBePushed(seqs: RangeSet, now: number): boolean {
    const { due } = this;
    if (!due || now + earlyMs >= due.at) return false;
    return difference(seqs, due.seqs).length === 0;
  }

  noteChanges(count: number): void {
    this.#changes += count;
  }

  /** Takes the counts of the newest messages, for `mayBeReadByAll`. */
  count(group: GroupState, members: readonly MemberState[], range: Range): void {
    const counts = countRanges(members, range.from, range.to, group.recalled);
    this.#counted = { counts, range, places: group.places };
    this.#changes = 0;
  }

  /** Whether the last member may have read one of these messages: one change is one member. */
  mayBeReadByAll(seqs: RangeSet): boolean {
    if (!this.#counted) return true;
    const { counts, range, places } = this.#counted;
    const changes = this.#changes;
    const newest = seqs.at(-1)?.to ?? 0;
    const oldest = seqs[0]?.from ?? 0;
    if (oldest < range.from || (newest > range.to && places - 1 <= changes)) return true;
    return unreadIn(counts, seqs).some((unread) => unread > 0 && unread <= changes);
  }

  /** Whether one of these is read by all others in fact. */
  isReadByAll(seqs: RangeSet): boolean {
    return this.#counted !== undefined && unreadIn(this.#counted.counts, seqs).includes(0);
  }
}

const unreadIn = (counts: readonly CountRange[], seqs: RangeSet): number[] =>
  counts
    .filter(({ fromSeq, toSeq }) => intersect(seqs, [{ from: fromSeq, to: toSeq }]).length > 0)
    .map(({ unreadCount }) => unreadCount);

/**
 * The groups that a sandbox knows. All changes of a group come by one shard and so, as a rule, to one
 * sandbox; where they do not, a push too many is the worst of it.
 */
export class PushMemory {
  readonly #groups = new BoundedMap<string, GroupMemory>(maxGroups);

  of(groupId: string): GroupMemory {
    const known = this.#groups.get(groupId) ?? new GroupMemory();
    this.#groups.set(groupId, known);
    return known;
  }
}
