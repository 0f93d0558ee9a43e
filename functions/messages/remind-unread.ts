import { isAtLeast, maySeeReceipts } from '@seenby/core/members/permissions.ts';
import { membersInState } from '@seenby/core/receipts/receipt-list.ts';
import { doneWithPushes, type ResultWithPushes } from '../push/recipients/push.ts';
import { membersVisibleTo } from '../receipts/receipt-privacy.ts';
import { notAllowed, notFound, receiptsHidden } from '../runtime/refusals.ts';
import { refuse } from '../runtime/result.ts';
import { refusedByRole } from '../service/refused-by-role.ts';
import type { Caller, Service } from '../service/service.ts';
import { visibleMessage } from '../service/visible-message.ts';

const coolDownMs = 5 * 60_000;

/** Reminds exactly the members who have not read a message, every five minutes at most. */
export async function remindUnread(
  service: Service,
  { userId }: Caller,
  groupId: string,
  seq: number,
): Promise<ResultWithPushes<{ reminded: number }>> {
  const membership = await service.members.membership(groupId, userId, 'strong');
  const message = membership && (await visibleMessage(service, membership, seq));
  if (!membership || !message || message.recalled) return notFound();
  const isAuthor = message.senderId === userId;
  if (!isAuthor && !isAtLeast(membership.member.role, 'admin')) return notAllowed('remind others');
  // The answer says how many have not read the message.
  const { group, member } = membership;
  if (!maySeeReceipts(group, { role: member.role, isAuthor })) return receiptsHidden();
  const now = service.clock();
  const by = { groupId, userId, minRole: isAuthor ? 'member' : 'admin' } as const;
  const waitMs = await service.messages.takeReminder(by, seq, now, coolDownMs);
  if (waitMs === 'gone') return notFound();
  if (waitMs === 'notAllowed') return refusedByRole(service, by, 'remind others');
  if (waitMs > 0)
    return refuse('RATE_LIMITED', 'One reminder per message in five minutes.', waitMs);
  const members = await membersVisibleTo(service, group, userId, seq, seq);
  const unread = membersInState(members, seq, 'unread').map((member) => member.userId);
  const { messageId } = message;
  const frame = { type: 'unread_reminder', groupId, messageId, seq, fromUserId: userId } as const;
  return doneWithPushes({ reminded: unread.length }, [{ to: 'users', userIds: unread, frame }]);
}
