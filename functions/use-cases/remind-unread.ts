import { isAtLeast, maySeeReceipts } from '../../core/permissions.ts';
import { membersInState } from '../../core/receipt-list.ts';
import { done, notFound, type Outcome, refuse } from '../outcome.ts';
import type { Caller, Service } from '../service.ts';
import { membersAsSeenBy } from './as-seen-by.ts';
import { hidden } from './count-receipts.ts';
import { notAllowed } from './not-allowed.ts';
import { visibleMessage } from './visible-message.ts';

const coolDownMs = 5 * 60_000;

/** Reminds exactly the members who have not read a message, every five minutes at most. */
export async function remindUnread(
  service: Service,
  { userId }: Caller,
  groupId: string,
  seq: number,
): Promise<Outcome<{ reminded: number }>> {
  const membership = await service.members.membership(groupId, userId, 'strong');
  const message = membership && (await visibleMessage(service, membership, seq));
  if (!membership || !message || message.recalled) return notFound();
  const isAuthor = message.senderId === userId;
  if (!isAuthor && !isAtLeast(membership.member.role, 'admin')) return notAllowed('remind others');
  // The answer says how many have not read the message.
  const { group, member } = membership;
  if (!maySeeReceipts(group, { role: member.role, isAuthor })) return hidden();
  const now = service.clock();
  const waitMs = await service.messages.takeReminder(groupId, seq, now, coolDownMs);
  if (waitMs > 0)
    return refuse('RATE_LIMITED', 'One reminder per message in five minutes.', waitMs);
  const members = await membersAsSeenBy(service, group, userId, seq, seq);
  const unread = membersInState(members, seq, 'unread').map((member) => member.userId);
  const { messageId } = message;
  const frame = { type: 'unread_reminder', groupId, messageId, seq, fromUserId: userId } as const;
  return done({ reminded: unread.length }, [{ to: 'users', userIds: unread, frame }]);
}
