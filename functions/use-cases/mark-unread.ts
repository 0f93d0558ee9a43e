import { markUnread as putBadgeBack } from '../../core/marking.ts';
import { intersect, setOfRange, setOfSeqs, union } from '../../core/range-set.ts';
import { takeAction } from '../../core/rate-limit.ts';
import { unreadOf } from '../../core/unread.ts';
import { beyondLast, done, notFound, type Outcome, rateLimited } from '../outcome.ts';
import { type Caller, floorOf, type Service } from '../service.ts';

/** Puts the caller's own badge back to a message, on all their devices and nowhere else. */
export async function markUnread(
  service: Service,
  caller: Caller,
  groupId: string,
  fromSeq: number,
): Promise<Outcome<{ groupId: string; unreadCount: number }>> {
  const { userId, connectionId } = caller;
  const membership = await service.members.membership(groupId, userId, 'strong');
  if (!membership) return notFound();
  const { group } = membership;
  if (fromSeq > group.lastSeq) return beyondLast(group.lastSeq);
  const senders = await service.messages.senders(groupId, fromSeq, group.lastSeq);
  const own = setOfSeqs([...senders].filter(([, id]) => id === userId).map(([seq]) => seq));
  const now = service.clock();
  type Answer = Outcome<{ groupId: string; unreadCount: number }>;
  return service.members.change<Answer>(groupId, membership.member, (member) => {
    if (member.left) return { result: notFound() };
    const rate = takeAction(member.nextActionAt, now);
    if (rate.outcome === 'limited') return { result: rateLimited(rate.retryAfterMs) };
    // What was read past the last message looked at was read, or sent, in this very moment.
    const justNow = intersect(member.read, setOfRange(group.lastSeq + 1, Number.MAX_SAFE_INTEGER));
    const badge = putBadgeBack(member, Math.max(fromSeq, member.from), union(own, justNow));
    const write = { ...badge, nextActionAt: rate.nextActionAt };
    const { readSeq, unreadCount } = unreadOf(write, group, floorOf(service, group));
    const frame = { type: 'read_position' as const, groupId, readSeq, unreadCount };
    return {
      write,
      result: done({ groupId, unreadCount }, [
        { to: 'users', userIds: [userId], except: connectionId, frame },
      ]),
    };
  });
}
