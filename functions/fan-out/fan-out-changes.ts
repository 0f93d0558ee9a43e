import { fewWatchers, nextPush } from '@seenby/core/counts/push-timing.ts';
import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { difference, intersect, type RangeSet, union } from '@seenby/core/ranges/range-set.ts';
import { withoutPrivateReads } from '@seenby/core/reading/receipt-privacy.ts';
import { isBig } from '../groups/is-big.ts';
import { countedFrom } from '../receipts/counts-of-group.ts';
import { floorOf } from '../service/service.ts';
import type { CountPushes, PushedSeqs } from '../store/count-pushes.ts';
import type { MemberChange } from '../stream/member-change.ts';
import { changedBy } from './count-views.ts';
import type { FanOut } from './fan-out.ts';
import { postCounts, pushCounts } from './push-counts.ts';
import type { GroupMemory } from './push-memory.ts';

/** Others that write the same row are few: the jobs of this group. */
const maxAttempts = 8;
/** A job that waits in the queue has to find what it is about. */
const safetyMs = 500;

/**
 * Pushes the counts of what changed at once, or has a job in the queue push them when they are due:
 *
 *     no push for as long as counts may be late ──▶ now
 *     the last member has read it               ──▶ now
 *     a push is due that shows it anyway        ──▶ nothing
 *     otherwise                                 ──▶ due after half of the message's age
 *
 * MAY throw; then the same changes are to be given again.
 */
export async function fanOutChanges(
  fanOut: FanOut,
  groupId: string,
  changes: readonly MemberChange[],
): Promise<void> {
  const { service } = fanOut;
  const memory = fanOut.memory.of(groupId);
  memory.noteChanges(changes.length);
  const everything = { from: 1, to: Number.MAX_SAFE_INTEGER };
  // What one of a direct chat read in private moves no version, and is for their own eyes. What is
  // delivered after that is news for the other alone.
  const all = union(
    changedBy(changes, everything),
    changedBy(changes.map(asOthersSee), everything),
  );
  if (all.length === 0) return;
  if (memory.willBePushed(all, service.clock()) && !memory.mayBeReadByAll(all)) {
    await noteSaved(fanOut, groupId, memory, changes);
    return;
  }
  const watchers = await countWatchers(fanOut, groupId);
  if (watchers === 0) return;
  const group = await service.groups.get(groupId);
  if (group?.tracking !== 'receipts') return;
  // Who sees what of a direct chat is decided by the changes themselves, and two have it open.
  if (group.kind === 'direct') {
    await postCounts(fanOut, groupId, { seqs: all, changes });
    return;
  }
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const known = await service.countPushes.read(groupId);
    if (await decide(fanOut, { group, known, changes, all, watchers })) return;
  }
  throw new Error(`the pushes of a group changed ${maxAttempts} times, one after the other`);
}

interface Moment {
  group: GroupState;
  known: CountPushes;
  changes: readonly MemberChange[];
  all: RangeSet;
  watchers: number;
}

/** False when another request wrote meanwhile: to be decided again. */
async function decide(fanOut: FanOut, moment: Moment): Promise<boolean> {
  const { service } = fanOut;
  const { group, known, changes, all, watchers } = moment;
  const { groupId, lastSeq } = group;
  const memory = fanOut.memory.of(groupId);
  const now = service.clock();
  memory.isBig = isBig(group);
  memory.ages.note(lastSeq, group.lastMessage?.createdAt ?? now);
  const seqs = intersect(all, [{ from: floorOf(service, group) + 1, to: lastSeq }]);
  const newest = seqs.at(-1);
  if (!newest) return true;
  const next = nextPush({
    ...{ now, pushedAt: known.pushedAt, dueAt: soonest(known)?.at, watchers },
    ageMs: memory.ages.of(newest.to, now),
    windowMs: memory.isBig ? fanOut.bigGroupWindowMs : fanOut.windowMs,
    isSendOnly: changes.every(isSend),
  });
  if (next === 'now' || (await isReadByAll(fanOut, group, seqs))) {
    return pushCounts(fanOut, groupId, { known, seqs, changes });
  }
  if (!(await schedule(fanOut, groupId, known, { ...next, seqs }))) return false;
  await noteSaved(fanOut, groupId, memory, changes);
  return true;
}

const soonest = ({ due }: CountPushes): PushedSeqs | undefined =>
  [...due].sort((a, b) => a.at - b.at)[0];

/** Queued first: a job that finds nothing to do does no harm. */
async function schedule(
  { service, queue, memory }: FanOut,
  groupId: string,
  known: CountPushes,
  { seqs, dueAt, delaySeconds }: { seqs: RangeSet; dueAt: number; delaySeconds: number },
): Promise<boolean> {
  const same = known.due.find(({ at }) => at === dueAt);
  const due = { at: dueAt, seqs: union(same?.seqs ?? [], seqs) };
  if (!same) await queue({ groupId, dueAt }, delaySeconds * 1000);
  const isKnown = same && difference(seqs, same.seqs).length === 0;
  if (!isKnown && !(await service.countPushes.schedule(groupId, known, due))) return false;
  memory.of(groupId).due = due;
  if (!same && service.clock() > dueAt - safetyMs) await queue({ groupId, dueAt }, 0);
  return true;
}

/** A member has read what they sent themselves, which is no event. */
const isSend = ({ before, after }: MemberChange): boolean =>
  before !== undefined &&
  before.turns === after.turns &&
  newestEventAt(after) <= newestEventAt(before);

const newestEventAt = ({ receiptEvents }: MemberState): number =>
  Math.max(0, ...receiptEvents.map(({ at }) => at));

const asOthersSee = ({ before, after }: MemberChange) => ({
  before: before && withoutPrivateReads(before),
  after: withoutPrivateReads(after),
});

/** Whether one of the messages has been read by the last one. Members are read only when that may be. */
async function isReadByAll(
  { service, memory }: FanOut,
  group: GroupState,
  seqs: RangeSet,
): Promise<boolean> {
  const known = memory.of(group.groupId);
  if (!known.mayBeReadByAll(seqs)) return false;
  const members = await service.members.ofGroup(group.groupId, 'strong');
  known.count(group, members, { from: countedFrom(service, group), to: group.lastSeq });
  return known.isReadByAll(seqs);
}

/**
 * How many have the group open, up to one more than few. Where nobody has, kept counts of a big group are no longer
 * to be used; who opened it before that was noted may have used them, and is pushed to after all.
 */
async function countWatchers({ service }: FanOut, groupId: string): Promise<number> {
  const watchers = await service.connections.countSubscribers(groupId, fewWatchers + 1);
  if (watchers > 0) return watchers;
  const group = await service.groups.get(groupId, 'eventual');
  if (!group || !isBig(group) || group.tracking === 'positions') return 0;
  await service.countSnapshots.noteUnseen(groupId);
  return service.connections.countSubscribers(groupId, fewWatchers + 1);
}

/** Nothing is pushed of these changes by themselves: who opens a big group must not be shown older counts. */
async function noteSaved(
  { service, usage }: FanOut,
  groupId: string,
  memory: GroupMemory,
  changes: readonly MemberChange[],
): Promise<void> {
  usage.add('framesSaved', changes.length * memory.watchers);
  if (memory.isBig) await service.countSnapshots.noteUnseen(groupId);
}
