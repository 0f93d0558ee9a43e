import { chunks } from '@seenby/core/chunks.ts';
import { countRanges, groupVersion } from '@seenby/core/counts/counts.ts';
import type { GroupState } from '@seenby/core/group.ts';
import { emptySet, type RangeSet, setOfRange, union } from '@seenby/core/ranges/range-set.ts';
import { withoutPrivateReads } from '@seenby/core/reading/receipt-privacy.ts';
import type { CountRange } from '@seenby/protocol/entities.ts';
import { isBig } from '../groups/is-big.ts';
import type { Dispatcher } from '../push/dispatch/dispatcher.ts';
import { keepCounts, versionBase } from '../receipts/counts-of-group.ts';
import type { UsageCounter } from '../runtime/usage-counts.ts';
import { floorOf, type Service } from '../service/service.ts';
import type { MemberChange } from '../stream/member-change.ts';
import { type CountView, changedBy, countViews } from './count-views.ts';
import { type PushMemory, recentMs } from './push-memory.ts';

export interface FanOut {
  service: Service;
  dispatcher: Dispatcher;
  memory: PushMemory;
  usage: UsageCounter;
  /** Minimum time between two pushes of a group, in milliseconds. */
  intervalMs: number;
  /** The same for big groups. */
  bigGroupIntervalMs: number;
  wait: (ms: number) => Promise<unknown>;
}

/** Some 110 bytes a range as JSON; a frame that is charged once holds 32 KB. */
const maxRangesPerFrame = 250;
const maxRecentlySent = 20;

/**
 * Pushes to everyone who has the group open how its counts are now. They are derived afresh from the
 * member rows, never from the changes: a batch that is repeated, late, reordered or run beside
 * another one pushes the truth of its moment, and the version says which moment is later.
 */
export async function pushCounts(
  fanOut: FanOut,
  groupId: string,
  changes: readonly MemberChange[],
): Promise<void> {
  const { service, memory } = fanOut;
  const group = await groupInTurn(fanOut, groupId);
  if (!group) return;
  const at = service.clock();
  const kept = isBig(group) ? await service.countSnapshots.read(groupId) : undefined;
  const members = await service.members.ofGroup(groupId, 'strong');
  const version = groupVersion(members, versionBase(service, group));
  const visible = { from: floorOf(service, group) + 1, to: group.lastSeq };
  const all = changedBy(changes, visible);
  // What one of a direct chat read in private moves no version, and is for their own eyes. What is delivered
  // after that is news for the other alone.
  const isDirect = group.kind === 'direct';
  const changed = isDirect
    ? union(all, changedBy(changes.map(asOthersSee), visible))
    : memory.notPushed(groupId, version, all);
  if (changed.length === 0) return;
  if (kept) await keepCounts(service, group, members, kept, at);
  // Read after the state: whoever subscribes too late for this has asked for the counts since.
  const subscribers = await service.connections.subscribersOf(groupId);
  const recent = union(memory.pushedRecently(groupId, at), sentRecently(group, at));
  const moment = { group, version, members, visible, changes, subscribers, changed, recent, at };
  const views = await countViews(service, moment);
  await Promise.all(views.map((view) => pushView(fanOut, groupId, view)));
  const pushedFor = changes.filter((change) => changedBy([change], visible).length > 0);
  fanOut.usage.add('framesSaved', Math.max(0, pushedFor.length - 1) * connectionsOf(views));
  // Noted last: a retry of a push that failed half-way has to push again.
  memory.note(groupId, version, changed, at);
}

/** Another sandbox may have pushed their first counts: nothing in the rows says when they were sent. */
const sentRecently = ({ lastMessage, lastSeq }: GroupState, at: number): RangeSet =>
  lastMessage && at - lastMessage.createdAt < recentMs
    ? setOfRange(Math.max(1, lastSeq - maxRecentlySent + 1), lastSeq)
    : emptySet;

const asOthersSee = ({ before, after }: MemberChange) => ({
  before: before && withoutPrivateReads(before),
  after: withoutPrivateReads(after),
});

/** The group, once its next push may go out; undefined when there is nobody to push counts to. */
async function groupInTurn(fanOut: FanOut, groupId: string): Promise<GroupState | undefined> {
  const { service } = fanOut;
  if (!(await hasSubscribers(service, groupId))) return undefined;
  const known = await service.groups.get(groupId);
  if (!known || known.tracking === 'positions') return undefined;
  // Who may see what can have changed while this push waited.
  const group = (await waitForTurn(fanOut, known)) ? await service.groups.get(groupId) : known;
  return group?.tracking === 'receipts' ? group : undefined;
}

/**
 * Whether anybody has the group open. Where nobody has, kept counts of a big group are no longer to
 * be used; who opened it before that was noted may have used them, and is pushed to after all.
 */
async function hasSubscribers(service: Service, groupId: string): Promise<boolean> {
  if (await service.connections.hasSubscribers(groupId)) return true;
  const group = await service.groups.get(groupId, 'eventual');
  if (!group || !isBig(group) || group.tracking === 'positions') return false;
  await service.countSnapshots.noteUnseen(groupId);
  return service.connections.hasSubscribers(groupId);
}

/** Whether there was a wait. The state is read after it: a burst's last push shows how it ended. */
async function waitForTurn(
  { memory, intervalMs, bigGroupIntervalMs, service, wait }: FanOut,
  group: GroupState,
): Promise<boolean> {
  const interval = isBig(group) ? bigGroupIntervalMs : intervalMs;
  const waitMs = memory.waitMs(group.groupId, interval, service.clock());
  if (waitMs > 0) await wait(waitMs);
  return waitMs > 0;
}

async function pushView({ dispatcher }: FanOut, groupId: string, view: CountView) {
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
