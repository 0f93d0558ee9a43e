import { intersect, setOfRange } from '@seenby/core/ranges/range-set.ts';
import type { GroupStatus } from '@seenby/protocol/entities.ts';
import type { SyncAnswer, SyncedGroup } from '@seenby/protocol/http-answers.ts';
import pMap from 'p-map';
import { visibleCounts } from '../receipts/count-receipts.ts';
import { countedFrom } from '../receipts/counts-of-group.ts';
import { done, type Result, refuse } from '../runtime/result.ts';
import { checkedMemberships } from '../service/check-for-lost-seqs.ts';
import { type Caller, floorOf, type Service } from '../service/service.ts';
import type { Cursors } from '../store/cursors.ts';
import type { Membership } from '../store/members.ts';
import { toGroupStatuses } from './group-status.ts';
import { SyncDelta } from './sync-delta.ts';
import { fingerprintBytes, openToken, sealToken } from './sync-token.ts';

const groupsAtOnce = 20;
/** Some 15 KB. */
const maxRecalledRanges = 500;

/**
 * Everything that is not as it was when the token was given out. The token holds a fingerprint of
 * each group as it was answered, so nothing has to note what changed when, and nothing is missed.
 */
export async function syncChanges(
  service: Service,
  cursors: Cursors,
  { userId }: Caller,
  since: string | undefined,
): Promise<Result<SyncAnswer>> {
  const at = service.clock();
  const opened = since === undefined ? 'first' : await openToken(service, cursors, userId, since);
  if (opened === undefined) {
    return refuse('BAD_CURSOR', 'This token was not given out by us for you.');
  }
  const before = typeof opened === 'string' ? undefined : opened.groups;
  const changes = new SyncDelta(before, await cursors.fingerprints(fingerprintBytes, userId));
  await addGroups(service, userId, changes);
  if (before) changes.addRemoved(await service.departures.of(userId));
  return done({
    ...changes.answer,
    next: await sealToken(service, cursors, userId, { at, groups: changes.known }),
    ...(opened === 'tooOld' && { reset: true as const }),
  });
}

/** Groups with the newest messages first: an answer that cannot hold all groups holds these. */
async function addGroups(service: Service, userId: string, changes: SyncDelta): Promise<void> {
  const groupIds = await service.members.groupIdsOf(userId);
  const memberships = await checkedMemberships(service, userId, groupIds, 'strong');
  const newestFirst = memberships
    .filter((membership) => membership !== undefined)
    .sort((a, b) => (b.group.lastMessage?.createdAt ?? 0) - (a.group.lastMessage?.createdAt ?? 0));
  const statuses = await toGroupStatuses(service, newestFirst);
  const add = async (status: GroupStatus, i: number) =>
    changes.add(await syncedGroup(service, status, newestFirst[i] as Membership));
  await pMap(statuses, add, { concurrency: groupsAtOnce });
}

async function syncedGroup(
  service: Service,
  listed: GroupStatus,
  membership: Membership,
): Promise<SyncedGroup> {
  const { group, member } = membership;
  const status = { ...listed, ...recalledOf(service, membership) };
  if (group.tracking === 'positions') return { ...status, version: group.lastSeq };
  const first = Math.max(member.from, countedFrom(service, group));
  return { ...status, ...(await visibleCounts(service, membership, first, group.lastSeq)) };
}

/** A client may still show what was recalled while it was away. */
function recalledOf(service: Service, { group, member }: Membership) {
  const first = Math.max(member.from, floorOf(service, group) + 1);
  const recalled = intersect(group.recalled, setOfRange(first, group.lastSeq));
  if (recalled.length === 0) return {};
  const newest = recalled.slice(-maxRecalledRanges);
  return { recalled: newest.map(({ from, to }) => ({ fromSeq: from, toSeq: to })) };
}
