import { chunks } from '@seenby/core/chunks.ts';
import { countRanges, groupVersion } from '@seenby/core/counts/counts.ts';
import type { GroupState } from '@seenby/core/group.ts';
import {
  difference,
  emptySet,
  intersect,
  type RangeSet,
  setOfRange,
  union,
} from '@seenby/core/ranges/range-set.ts';
import type { CountRange } from '@seenby/protocol/entities.ts';
import { isBig } from '../groups/is-big.ts';
import { countedFrom, keepCounts, versionBase } from '../receipts/counts-of-group.ts';
import { floorOf, type Service } from '../service/service.ts';
import type { CountPushes } from '../store/count-pushes.ts';
import type { MemberChange } from '../stream/member-change.ts';
import { type CountView, changedBy, countViews } from './count-views.ts';
import type { FanOut } from './fan-out.ts';

/** Some 110 bytes a range as JSON; a frame that is charged once holds 32 KB. */
const maxRangesPerFrame = 250;

export interface CountPush {
  /** Where the group's pushes stood when this one was decided. */
  known: CountPushes;
  /** Messages whose counts have changed. */
  seqs: RangeSet;
  /** What changed them, where that is known. */
  changes: readonly MemberChange[];
  /** The push that was due, if this is it. */
  dueAt?: number;
}

/**
 * Pushes to everyone who has the group open how its counts are now, together with all that is due. They
 * are derived afresh from the member rows, never from the changes: a push that is repeated, late or
 * beside another one shows the truth of its moment, and the version says which moment is later.
 *
 *     begun in the row ──▶ members read ──▶ who began meanwhile? ──▶ frames posted
 *
 * A client drops counts of a lower version, whichever messages they are about. Of two pushes at once
 * the one of the higher version therefore has all that the other has: either it began later, and found the
 * other's messages in the row, or it finds them there after it has read the members.
 *
 * False when another request wrote the row meanwhile.
 */
export async function pushCounts(
  fanOut: FanOut,
  groupId: string,
  { known, seqs: asked, changes, dueAt }: CountPush,
): Promise<boolean> {
  const { countPushes, clock } = fanOut.service;
  const due = known.due.map(({ seqs }) => seqs);
  const seqs = [asked, ...due, known.unfinished].reduce(union);
  const begun = await countPushes.begin(groupId, known, { at: clock(), seqs }, dueAt);
  if (begun === undefined) return false;
  const version = await postCounts(fanOut, groupId, { seqs, changes, pushed: known.pushed });
  if (version === undefined) return true;
  const before = version === known.pushed.version ? known.pushed.seqs : emptySet;
  await countPushes.finish(groupId, begun, { version, seqs: union(before, seqs) });
  return true;
}

/**
 * Posts how the counts of some messages are now, but for what was pushed as it stands. Answers their version; undefined
 * where a group has no counts. MAY throw.
 */
export async function postCounts(
  fanOut: FanOut,
  groupId: string,
  {
    seqs,
    changes,
    pushed,
  }: Pick<CountPush, 'seqs' | 'changes'> & { pushed?: CountPushes['pushed'] },
): Promise<number | undefined> {
  const { service } = fanOut;
  const memory = fanOut.memory.of(groupId);
  const group = await service.groups.get(groupId);
  if (group?.tracking !== 'receipts') return undefined;
  const kept = isBig(group) ? await service.countSnapshots.read(groupId) : undefined;
  const takenAt = service.clock();
  const members = await service.members.ofGroup(groupId, 'strong');
  const version = groupVersion(members, versionBase(service, group));
  const visible = { from: floorOf(service, group) + 1, to: group.lastSeq };
  const all = intersect(seqs, [visible]);
  const changed = pushed?.version === version ? difference(all, pushed.seqs) : all;
  memory.count(group, members, { from: countedFrom(service, group), to: group.lastSeq });
  if (changed.length === 0) return version;
  if (kept) await keepCounts(service, group, members, kept, takenAt);
  const repeated = await mayBeOnTheirWay(service, group);
  // Read after the state: whoever subscribes too late for this has asked for the counts since.
  const subscribers = await service.connections.subscribersOf(groupId);
  const moment = { group, version, members, visible, changes, subscribers, changed, repeated };
  const views = await countViews(service, moment);
  await Promise.all(views.map((view) => pushView(fanOut, group, view)));
  memory.watchers = subscribers.length;
  const pushedFor = changes.filter((change) => changedBy([change], visible).length > 0);
  fanOut.usage.add('framesSaved', Math.max(0, pushedFor.length - 1) * connectionsOf(views));
  return version;
}

/**
 * The messages whose counts were pushed so recently that the frames may still be on their way. The counts of a direct
 * chat are a few ranges, so there they are all the newest messages, and nothing need be noted.
 */
async function mayBeOnTheirWay(service: Service, group: GroupState): Promise<RangeSet> {
  if (group.kind === 'direct') return setOfRange(countedFrom(service, group), group.lastSeq);
  const { recent } = await service.countPushes.read(group.groupId);
  return recent.reduce((sum, { seqs }) => union(sum, seqs), emptySet);
}

async function pushView(
  { dispatcher }: FanOut,
  { groupId }: GroupState,
  view: CountView,
): Promise<void> {
  const { version, changed, repeated, connections } = view;
  if (connections.length === 0 || changed.length === 0) return;
  const frame = { type: 'read_status_update', groupId, version: version() } as const;
  const all = countsIn(view, union(changed, repeated));
  const counts = all.length > maxRangesPerFrame ? countsIn(view, changed) : all;
  await Promise.all(
    chunks(counts, maxRangesPerFrame).map((part) =>
      dispatcher.push({ ...frame, counts: part }, connections),
    ),
  );
}

const countsIn = ({ members, recalled }: CountView, seqs: RangeSet): CountRange[] =>
  seqs.flatMap(({ from, to }) => countRanges(members, from, to, recalled));

/** How many connections have been pushed to. */
const connectionsOf = (views: readonly CountView[]): number =>
  views
    .filter(({ changed }) => changed.length > 0)
    .reduce((sum, { connections }) => sum + connections.length, 0);
