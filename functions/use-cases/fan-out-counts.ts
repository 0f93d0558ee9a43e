import { changedCounts } from '../../core/count-changes.ts';
import { countRanges, groupVersion } from '../../core/counts.ts';
import type { GroupState } from '../../core/group.ts';
import type { MemberState } from '../../core/member.ts';
import { seesAllReceipts } from '../../core/permissions.ts';
import {
  emptySet,
  intersect,
  type RangeSet,
  rangeSet,
  setOfRange,
  union,
} from '../../core/range-set.ts';
import type { CountRange } from '../../protocol/entities.ts';
import type { AuthorIndex } from '../push/author-index.ts';
import type { Dispatcher } from '../push/dispatcher.ts';
import { latelyMs, type PushMemory } from '../push/push-memory.ts';
import { floorOf, type Service } from '../service.ts';
import type { Connection } from '../store/connections.ts';
import type { MemberChange } from '../stream/member-change.ts';
import { concealedFrom, withConcealed } from './as-seen-by.ts';
import { isBig } from './is-big.ts';

export interface FanOut {
  service: Service;
  dispatcher: Dispatcher;
  authors: AuthorIndex;
  memory: PushMemory;
  /** Least time between two pushes of a group, in milliseconds. */
  intervalMs: number;
  /** The same for big groups. */
  bigGroupIntervalMs: number;
  wait: (ms: number) => Promise<unknown>;
}

/** Some 110 bytes a range as JSON; a frame that is charged once holds 32 KB. */
const mostRangesPerFrame = 250;

/**
 * Tells everyone who has the group open how the counts stand now. They are derived afresh from the
 * member rows, never from the changes: a batch that is repeated, late, reordered or run beside
 * another one pushes the truth of its moment, and the version says which moment is later.
 */
export async function fanOutCounts(
  fanOut: FanOut,
  groupId: string,
  changes: readonly MemberChange[],
): Promise<void> {
  const { service, memory } = fanOut;
  if (!(await service.connections.hasSubscribers(groupId))) return;
  const known = await service.groups.get(groupId);
  if (!known || known.tracking === 'positions') return;
  // Who may see what can have changed while this push waited.
  const group = (await takeTurn(fanOut, known)) ? await service.groups.get(groupId) : known;
  if (!group || group.tracking === 'positions') return;
  const at = service.clock();
  const members = await service.members.ofGroup(groupId, 'strong');
  const version = groupVersion(members);
  const first = floorOf(service, group) + 1;
  const changed = changedBy(changes, first, group.lastSeq);
  const seqs = memory.notPushed(groupId, version, changed);
  if (seqs.length === 0) return;
  // Read after the state: whoever subscribes too late for this has asked for the counts since.
  const subscribers = await service.connections.subscribersOf(groupId);
  const lately = memory.pushedLately(groupId, at);
  const views = await viewsOf(fanOut, { group, members, changes, subscribers, seqs, lately, at });
  await Promise.all(views.map((view) => show(fanOut, groupId, version, view)));
  // Noted last: of a push that failed on its way a retry has to tell again.
  memory.note(groupId, version, seqs, at);
}

/** Whether there was a wait. The state is read after it: a burst's last push shows how it ended. */
async function takeTurn(
  { memory, intervalMs, bigGroupIntervalMs, service, wait }: FanOut,
  group: GroupState,
): Promise<boolean> {
  const interval = isBig(group) ? bigGroupIntervalMs : intervalMs;
  const waitMs = memory.waitMs(group.groupId, interval, service.clock());
  if (waitMs > 0) await wait(waitMs);
  return waitMs > 0;
}

async function show({ dispatcher }: FanOut, groupId: string, version: number, view: View) {
  const { members, seqs, lately, connections } = view;
  if (connections.length === 0 || seqs.length === 0) return;
  const all = countsIn(members, union(seqs, lately));
  const counts = all.length > mostRangesPerFrame ? countsIn(members, seqs) : all;
  await Promise.all(
    inFrames(counts).map((frame) =>
      dispatcher.push({ type: 'read_status_update', groupId, counts: frame, version }, connections),
    ),
  );
}

const countsIn = (members: readonly MemberState[], seqs: RangeSet): CountRange[] =>
  seqs.flatMap(({ from, to }) => countRanges(members, from, to));

interface Scene {
  group: GroupState;
  members: readonly MemberState[];
  changes: readonly MemberChange[];
  subscribers: readonly Connection[];
  /** The messages whose counts have moved. */
  seqs: RangeSet;
  /** What this sandbox pushed of the group lately. */
  lately: RangeSet;
  at: number;
}

/** Connections that may see the same counts of the same messages, and so share their frames. */
interface View {
  members: readonly MemberState[];
  seqs: RangeSet;
  /**
   * Messages whose counts moved a little earlier, told once more: that frame may be overtaken by
   * this one, and a client that has this version drops what comes with a lower one.
   */
  lately: RangeSet;
  connections: Connection[];
}

function viewsOf(fanOut: FanOut, scene: Scene): Promise<View[]> {
  return scene.group.kind === 'direct' ? viewsOfTwo(fanOut, scene) : viewsOfMany(fanOut, scene);
}

/** In a direct chat each of the two sees the other's reading in their own way. */
async function viewsOfTwo(
  { service }: FanOut,
  { group, members, changes, subscribers, lately, at }: Scene,
): Promise<View[]> {
  const first = floorOf(service, group) + 1;
  const present = members.filter((member) => !member.left);
  const views = present.map(async ({ userId, from }): Promise<View> => {
    const to = group.lastSeq;
    const concealed = await concealedFrom(service, group, members, userId, first, to);
    const seenChanges = changes.map(({ before, after }) => ({
      before: before && withConcealed([before], concealed)[0],
      after: withConcealed([after], concealed)[0] as MemberState,
    }));
    const seen = withConcealed(members, concealed);
    return {
      members: seen,
      seqs: changedBy(seenChanges, Math.max(first, from), to),
      lately: intersect(
        union(lately, movedLately(seen, at)),
        setOfRange(Math.max(first, from), to),
      ),
      connections: subscribers.filter((connection) => connection.userId === userId),
    };
  });
  return Promise.all(views);
}

async function viewsOfMany(fanOut: FanOut, scene: Scene): Promise<View[]> {
  const { service, authors } = fanOut;
  const { group, members, subscribers, seqs: changed, at } = scene;
  const rows = new Map(members.map((member) => [member.userId, member]));
  const recent = union(scene.lately, movedLately(members, at));
  const first = floorOf(service, group) + 1;
  const told = intersect(union(changed, recent), setOfRange(first, group.lastSeq));
  const byAuthor =
    group.visibility === 'members'
      ? new Map<string, RangeSet>()
      : await authors.authorsOf(group.groupId, told);
  const views = new Map<string, View>();
  for (const connection of subscribers) {
    const member = rows.get(connection.userId);
    if (!member || member.left) continue;
    const visible = seesAllReceipts(group, member.role) ? told : byAuthor.get(member.userId);
    const all = intersect(visible ?? emptySet, setOfRange(member.from, group.lastSeq));
    const name = JSON.stringify(all);
    const seqs = intersect(all, changed);
    const view = views.get(name) ?? { members, seqs, lately: all, connections: [] };
    view.connections.push(connection);
    views.set(name, view);
  }
  return [...views.values()];
}

/** What members read, received or joined lately, by whichever Lambda it was or will be pushed. */
const movedLately = (members: readonly MemberState[], at: number): RangeSet =>
  rangeSet(
    members.flatMap(({ moves, joinedAt, from }) => [
      ...moves.filter((move) => at - move.at < latelyMs).flatMap(({ ranges }) => ranges),
      ...(at - joinedAt < latelyMs ? setOfRange(from, Number.MAX_SAFE_INTEGER) : []),
    ]),
  );

const changedBy = (
  changes: readonly Pick<MemberChange, 'before' | 'after'>[],
  first: number,
  last: number,
): RangeSet =>
  changes
    .map(({ before, after }) => changedCounts(before, after, first, last))
    .reduce(union, emptySet);

function inFrames(counts: readonly CountRange[]): CountRange[][] {
  const frames: CountRange[][] = [];
  for (let i = 0; i < counts.length; i += mostRangesPerFrame) {
    frames.push(counts.slice(i, i + mostRangesPerFrame));
  }
  return frames;
}
