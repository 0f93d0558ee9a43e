import { dayOf } from '../../core/day.ts';
import { isAtLeast } from '../../core/permissions.ts';
import { has } from '../../core/range-set.ts';
import type { Message } from '../../protocol/entities.ts';
import { done, notFound, type Outcome } from '../outcome.ts';
import type { Caller, Service } from '../service.ts';
import { notAllowed } from './not-allowed.ts';
import { visibleMessage } from './visible-message.ts';

/** Takes a message back: the seq stays, the content goes, and nobody has it unread any more. */
export async function recallMessage(
  service: Service,
  { userId }: Caller,
  groupId: string,
  seq: number,
): Promise<Outcome<{ message: Message }>> {
  const membership = await service.members.membership(groupId, userId, 'strong');
  const message = membership && (await visibleMessage(service, membership, seq));
  if (!membership || !message) return notFound();
  const { group, member } = membership;
  if (message.senderId !== userId && !isAtLeast(member.role, 'admin')) {
    return notAllowed('recall this message');
  }
  const { mentions: _gone, ...rest } = message;
  const recalled: Message = { ...rest, content: '', recalled: true };
  if (message.recalled && has(group.recalled, seq)) return done({ message: recalled });
  await service.messages.recall(groupId, seq);
  await service.groups.addRecalled(group, [seq]);
  const now = service.clock();
  await service.activity.note([{ groupId, day: dayOf(now) }], now);
  const frame = {
    type: 'message_recalled',
    groupId,
    messageId: message.messageId,
    seq,
  } as const;
  return done({ message: recalled }, [{ to: 'members', groupId, frame }]);
}
