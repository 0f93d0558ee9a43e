import { setTimeout as wait } from 'node:timers/promises';
import { countRanges, groupVersion } from '@seenby/core/counts/counts.ts';
import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { isBig } from '../groups/is-big.ts';
import { floorOf, type Service } from '../service/service.ts';
import type { CountSnapshot, KnownCounts } from '../store/count-snapshots.ts';
import { membersVisibleTo } from './receipt-privacy.ts';

/** Counts of messages that follow each other, and the version they are of. */
export type VersionedCounts = Pick<CountSnapshot, 'version' | 'counts'>;

/** The newest messages, whose counts a snapshot holds. */
export const newestCounted = 1000;
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
  if (isBig(group) && from >= firstCounted(service, group)) {
    return newestCounts(service, group);
  }
  const members = await membersVisibleTo(service, group, viewerId, from, to);
  return { version: groupVersion(members), counts: countRanges(members, from, to) };
}

/** Keeps the counts of a big group for those who come back to it. */
export async function keepCounts(
  service: Service,
  group: GroupState,
  members: readonly MemberState[],
  { unseen }: Pick<KnownCounts, 'unseen'>,
  takenAt: number,
): Promise<CountSnapshot> {
  const snapshot = {
    version: groupVersion(members),
    counts: countRanges(members, firstCounted(service, group), group.lastSeq),
    takenAt,
  };
  await service.countSnapshots.keep(group.groupId, unseen, snapshot);
  return snapshot;
}

const firstCounted = (service: Service, group: GroupState): number =>
  Math.max(floorOf(service, group) + 1, group.lastSeq - newestCounted + 1);

/** Of thousands who come back at once one reads the members, and the others wait for what it finds. */
async function newestCounts(service: Service, group: GroupState): Promise<VersionedCounts> {
  const { groupId } = group;
  for (let waits = 0; ; waits++) {
    const known = await service.countSnapshots.read(groupId);
    const now = service.clock();
    if (known.snapshot && now - known.snapshot.takenAt < maxAgeMs) return known.snapshot;
    if (waits === maxWaits || (await service.countSnapshots.claim(groupId, now))) {
      return keepCounts(
        service,
        group,
        await service.members.ofGroup(groupId, 'strong'),
        known,
        now,
      );
    }
    await wait(pauseMs * (0.5 + service.random()));
  }
}
