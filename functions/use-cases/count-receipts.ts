import { countRanges, groupVersion } from '../../core/counts.ts';
import { maySeeReceipts, seesAllReceipts } from '../../core/permissions.ts';
import { type RangeSet, setOfRange, setOfSeqs } from '../../core/range-set.ts';
import type { CountRange } from '../../protocol/entities.ts';
import { beyondLast, done, notFound, type Outcome, refuse } from '../outcome.ts';
import { type Caller, floorOf, type Service } from '../service.ts';
import type { Membership } from '../store/members.ts';
import { membersAsSeenBy } from './as-seen-by.ts';

export interface CountsAnswer {
  version: number;
  counts: CountRange[];
}

/** Counts of a range of messages, from one read of the group's member rows whatever the range. */
export async function countReceipts(
  service: Service,
  caller: Caller,
  { groupId, from, to }: { groupId: string; from: number; to: number },
): Promise<Outcome<CountsAnswer>> {
  const membership = await service.members.membership(groupId, caller.userId, 'strong');
  if (!membership) return notFound();
  const { group } = membership;
  if (group.tracking === 'positions') return hidden();
  if (from > group.lastSeq) return beyondLast(group.lastSeq);
  const seqs = await visibleSeqs(service, caller, membership, from, Math.min(to, group.lastSeq));
  const last = Math.min(to, group.lastSeq);
  const members = await membersAsSeenBy(service, group, caller.userId, from, last);
  return done({
    version: groupVersion(members),
    counts: seqs.flatMap((range) => countRanges(members, range.from, range.to)),
  });
}

export const hidden = () =>
  refuse('FORBIDDEN', 'This group does not show you who has read its messages.');

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
