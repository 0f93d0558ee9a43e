import { clipCounts } from '@seenby/core/counts/counts.ts';
import { maySeeReceipts, seesAllReceipts } from '@seenby/core/members/permissions.ts';
import { type RangeSet, setOfRange, setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import type { CountsAnswer } from '@seenby/protocol/http-answers.ts';
import { beyondLast, notFound, receiptsHidden } from '../runtime/refusals.ts';
import { done, type Result } from '../runtime/result.ts';
import { type Caller, floorOf, type Service } from '../service/service.ts';
import type { Membership } from '../store/members.ts';
import { countsOfGroup } from './counts-of-group.ts';

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
  const last = Math.min(to, group.lastSeq);
  const seqs = await visibleSeqs(service, caller, membership, from, last);
  const first = seqs[0]?.from ?? last;
  const { version, counts } = await countsOfGroup(service, group, caller.userId, first, last);
  return done({ version, counts: clipCounts(counts, seqs) });
}

async function visibleSeqs(
  service: Service,
  { userId }: Caller,
  { group, member }: Membership,
  from: number,
  to: number,
): Promise<RangeSet> {
  const first = Math.max(from, member.from, floorOf(service, group) + 1);
  if (first > to || seesAllReceipts(group, member.role)) return setOfRange(first, to);
  const senders = await service.messages.senders(group.groupId, first, to);
  const own = [...senders].filter(([, senderId]) =>
    maySeeReceipts(group, { role: member.role, isAuthor: senderId === userId }),
  );
  return setOfSeqs(own.map(([seq]) => seq));
}
