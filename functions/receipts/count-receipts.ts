import { clipCounts } from '@seenby/core/counts/counts.ts';
import { seesAllReceipts } from '@seenby/core/members/permissions.ts';
import {
  difference,
  emptySet,
  intersect,
  type RangeSet,
  setOfRange,
  union,
} from '@seenby/core/ranges/range-set.ts';
import type { CountRange } from '@seenby/protocol/entities.ts';
import type { CountsAnswer } from '@seenby/protocol/http-answers.ts';
import { beyondLast, notFound, receiptsHidden } from '../runtime/refusals.ts';
import { done, type Result } from '../runtime/result.ts';
import { type Caller, floorOf, type Service } from '../service/service.ts';
import type { Membership } from '../store/members.ts';
import { countedFrom, countsOfGroup } from './counts-of-group.ts';

/** Counts of a range of messages, from one read of the group's state whatever the range. */
export async function countReceipts(
  service: Service,
  caller: Caller,
  { groupId, from, to }: { groupId: string; from: number; to: number },
): Promise<Result<CountsAnswer>> {
  const membership = await service.members.membership(groupId, caller.userId, 'strong');
  if (!membership) return notFound();
  const { group } = membership;
  if (group.tracking === 'positions') return receiptsHidden();
  if (from > group.lastSeq) return beyondLast(group.lastSeq);
  return done(await visibleCounts(service, membership, from, Math.min(to, group.lastSeq)));
}

/**
 * The counts that a member may see of some messages, but for lost ones. The version of who does not see
 * all of them tells nothing of the others.
 */
export async function visibleCounts(
  service: Service,
  membership: Membership,
  from: number,
  to: number,
): Promise<{ version: number; counts: CountRange[] }> {
  const { group, member } = membership;
  const asked = setOfRange(Math.max(from, member.from, floorOf(service, group) + 1), to);
  if (seesAllReceipts(group, member.role)) {
    const { version, counts } = await countsIn(service, membership, asked, to);
    return { version, counts: clipCounts(counts, difference(asked, group.lost)) };
  }
  // In a direct chat others read one's own messages, and nothing else: its version is everybody's.
  const first = group.kind === 'direct' ? group.lastSeq + 1 : countedFrom(service, group);
  const newest = setOfRange(Math.max(first, member.from), group.lastSeq);
  const byAuthor = await service.authors.authorsOf(group, union(asked, newest));
  const own = byAuthor.get(member.userId) ?? emptySet;
  const { counts, version, versionOf } = await countsIn(service, membership, asked, to);
  return {
    version: group.kind === 'direct' ? version : versionOf(intersect(own, newest)),
    counts: clipCounts(counts, intersect(own, asked)),
  };
}

const countsIn = (service: Service, { group, member }: Membership, asked: RangeSet, to: number) =>
  countsOfGroup(service, group, member.userId, asked[0]?.from ?? to, to);
