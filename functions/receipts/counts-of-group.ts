import {
  clipCounts,
  commonVersion,
  countRanges,
  groupVersion,
  ownVersion,
} from '@seenby/core/counts/counts.ts';
import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import type { RangeSet } from '@seenby/core/ranges/range-set.ts';
import type { CountRange } from '@seenby/protocol/entities.ts';
import { isBig } from '../groups/is-big.ts';
import { floorOf, type Service } from '../service/service.ts';
import type { CountSnapshot, KnownCounts } from '../store/count-snapshots.ts';
import { membersVisibleTo } from './receipt-privacy.ts';

/** Counts of messages that follow each other, and the version they are of. */
export interface VersionedCounts {
  counts: readonly CountRange[];
  /** For who sees all of them. */
  version: number;
  /** For who sees those of some of the messages, of which these are the newest: see `countedFrom`. */
  versionOf: (newest: RangeSet) => number;
}

/** The newest messages, whose counts a snapshot holds. */
const newestCounted = 1000;
/** A fan-out that has come to a stop is noticed after this. */
const maxAgeMs = 60_000;
const maxWaits = 5;
const pauseMs = 400;

/**
 * The counts from one seq to another as a member may see them. In a big group those of the newest
 * messages are the ones last pushed or read: what changed since is pushed to whoever has the group
 * open, because the fan-out keeps its counts before it looks for them.
 */
export async function countsOfGroup(
  service: Service,
  group: GroupState,
  viewerId: string,
  from: number,
  to: number,
): Promise<VersionedCounts> {
  if (isBig(group) && from >= countedFrom(service, group)) {
    const { version, common, counts } = await newestCounts(service, group);
    return { version, counts, versionOf: (seqs) => ownVersion(common, clipCounts(counts, seqs)) };
  }
  const members = await membersVisibleTo(service, group, viewerId, from, to);
  return {
    version: groupVersion(members, versionBase(service, group)),
    counts: countRanges(members, from, to, group.recalled),
    versionOf: (seqs) => versionOfSome(service, group, members, seqs),
  };
}

/** The same from the rows of the members. */
export const versionOfSome = (
  service: Service,
  group: GroupState,
  members: readonly MemberState[],
  newest: RangeSet,
): number =>
  ownVersion(
    commonVersion(members, versionBase(service, group)),
    clipCounts(newestRanges(service, group, members), newest),
  );

const newestRanges = (service: Service, group: GroupState, members: readonly MemberState[]) =>
  countRanges(members, countedFrom(service, group), group.lastSeq, group.recalled);

/** What the row of the group adds to the versions: every member may know it. */
export const versionBase = (service: Service, group: GroupState): number =>
  countedFrom(service, group) + group.turns;

/** Keeps the counts of a big group for those who come back to it. */
export async function keepCounts(
  service: Service,
  group: GroupState,
  members: readonly MemberState[],
  { unseen }: Pick<KnownCounts, 'unseen'>,
  takenAt: number,
): Promise<CountSnapshot> {
  const base = versionBase(service, group);
  const snapshot = {
    version: groupVersion(members, base),
    common: commonVersion(members, base),
    counts: newestRanges(service, group, members),
    turns: group.turns,
    takenAt,
  };
  await service.countSnapshots.keep(group.groupId, unseen, snapshot);
  return snapshot;
}

/** The first of the newest messages, whose counts make the version of who does not see all. */
export const countedFrom = (service: Service, group: GroupState): number =>
  Math.max(floorOf(service, group) + 1, group.lastSeq - newestCounted + 1);

/** Of thousands who come back at once one reads the members, and the others wait for what it finds. */
async function newestCounts(service: Service, group: GroupState): Promise<CountSnapshot> {
  const { groupId } = group;
  for (let waits = 0; ; waits++) {
    const known = await service.countSnapshots.read(groupId);
    const now = service.clock();
    if (known.snapshot && isOf(known.snapshot, group, now)) return known.snapshot;
    if (waits === maxWaits || (await service.countSnapshots.claim(groupId, now))) {
      return keepCounts(
        service,
        group,
        await service.members.ofGroup(groupId, 'strong'),
        known,
        now,
      );
    }
    await service.wait(pauseMs * (0.5 + service.random()));
  }
}

/** Whether nothing of the group's own has changed since that counts. */
const isOf = ({ turns, takenAt }: CountSnapshot, group: GroupState, now: number): boolean =>
  turns >= group.turns && now - takenAt < maxAgeMs;
