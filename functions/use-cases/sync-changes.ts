import { countRanges, groupVersion } from '../../core/counts.ts';
import { seesAllReceipts } from '../../core/permissions.ts';
import { setOfRange, setOfSeqs } from '../../core/range-set.ts';
import type { CountRange, GroupStatus } from '../../protocol/entities.ts';
import type { Cursors } from '../cursors.ts';
import { done, type Outcome, refuse } from '../outcome.ts';
import { type Caller, floorOf, type Service } from '../service.ts';
import type { Membership } from '../store/members.ts';
import { membersAsSeenBy } from './as-seen-by.ts';
import { toGroupStatus } from './group-status.ts';
import {
  decodeToken,
  encodeToken,
  fingerprint,
  nameOfGroup,
  type SyncToken,
} from './sync-token.ts';

export interface SyncedGroup extends GroupStatus {
  counts?: CountRange[];
  version: number;
}

export interface SyncAnswer {
  changedCount: number;
  groups: SyncedGroup[];
  removedGroupIds: string[];
  next: string;
  reset?: true;
}

const dayMs = 86_400_000;
/** Clocks of two Lambdas differ a little; a group named twice as removed does no harm. */
const clockSlackMs = 60_000;
const groupsAtOnce = 20;

/**
 * Everything that is not as it was when the token was given out. The token holds a fingerprint of
 * each group as it was told, so nothing has to remember what changed when, and nothing is missed.
 */
export async function syncChanges(
  service: Service,
  cursors: Cursors,
  { userId }: Caller,
  since: string | undefined,
): Promise<Outcome<SyncAnswer>> {
  const opened = since === undefined ? undefined : await cursors.open(since, ['sync', userId]);
  if (since !== undefined && opened === undefined) {
    return refuse('BAD_CURSOR', 'This token was not given out by us for you.');
  }
  const at = service.clock();
  const given = opened === undefined ? undefined : decodeToken(opened);
  const isTooOld = given !== undefined && at - given.at > service.retentionDays * dayMs;
  const before = isTooOld ? undefined : given;
  const all = await syncedGroups(service, userId);
  const seen = new Map(all.map((group) => [nameOfGroup(group.groupId), fingerprintOf(group)]));
  const groups = all.filter((group) => isChanged(before, seen, group.groupId));
  const next = await cursors.seal(encodeToken({ at, groups: seen }), ['sync', userId]);
  return done({
    changedCount: groups.length,
    groups,
    removedGroupIds: before ? await removedSince(service, userId, before, all) : [],
    next,
    ...(isTooOld && { reset: true as const }),
  });
}

/** The version moves with messages whose counts the user may not see, too: alone it is no news. */
const fingerprintOf = ({ version: _version, ...shown }: SyncedGroup): string => fingerprint(shown);

function isChanged(
  before: SyncToken | undefined,
  seen: ReadonlyMap<string, string>,
  groupId: string,
): boolean {
  const name = nameOfGroup(groupId);
  return before?.groups.get(name) !== seen.get(name);
}

/** Groups the client knew that the user is no longer in. */
async function removedSince(
  service: Service,
  userId: string,
  before: SyncToken,
  present: readonly GroupStatus[],
): Promise<string[]> {
  const left = await service.departures.since(userId, before.at - clockSlackMs);
  const inNow = new Set(present.map(({ groupId }) => groupId));
  return left.filter((id) => !inNow.has(id) && before.groups.has(nameOfGroup(id)));
}

async function syncedGroups(service: Service, userId: string): Promise<SyncedGroup[]> {
  const groupIds = await service.members.groupIdsOf(userId);
  const memberships = await service.members.memberships(groupIds, userId, 'strong');
  const queue = memberships.filter((membership) => membership !== undefined).values();
  const groups: SyncedGroup[] = [];
  const lane = async () => {
    for (const membership of queue) groups.push(await syncedGroup(service, userId, membership));
  };
  await Promise.all(Array.from({ length: groupsAtOnce }, lane));
  return groups.sort((a, b) => (a.groupId < b.groupId ? -1 : 1));
}

async function syncedGroup(
  service: Service,
  userId: string,
  membership: Membership,
): Promise<SyncedGroup> {
  const { group, member } = membership;
  const status = toGroupStatus(service, membership);
  if (group.tracking === 'positions') return { ...status, version: group.lastSeq };
  const first = Math.max(member.from, floorOf(service, group) + 1);
  const members = await membersAsSeenBy(service, group, userId, first, group.lastSeq);
  const visible = seesAllReceipts(group, member.role)
    ? setOfRange(first, group.lastSeq)
    : setOfSeqs(await ownSeqs(service, group.groupId, userId, first, group.lastSeq));
  const counts = visible.flatMap(({ from, to }) => countRanges(members, from, to));
  return { ...status, counts, version: groupVersion(members) };
}

async function ownSeqs(
  service: Service,
  groupId: string,
  userId: string,
  from: number,
  to: number,
): Promise<number[]> {
  if (from > to) return [];
  const senders = await service.messages.senders(groupId, from, to);
  return [...senders].filter(([, senderId]) => senderId === userId).map(([seq]) => seq);
}
