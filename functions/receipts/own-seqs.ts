import { type RangeSet, setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import type { Service } from '../service/service.ts';
import type { Membership } from '../store/members.ts';

/** Which of some messages a member wrote. */
export async function ownSeqs(
  { messages }: Service,
  { group, member }: Membership,
  seqs: RangeSet,
): Promise<RangeSet> {
  const found = await Promise.all(
    seqs.map(({ from, to }) => messages.senders(group.groupId, from, to)),
  );
  const own = found.flatMap((senders) =>
    [...senders].filter(([, senderId]) => senderId === member.userId).map(([seq]) => seq),
  );
  return setOfSeqs(own);
}
