import { dayOf } from '@seenby/core/day.ts';
import { isAtLeast } from '@seenby/core/members/permissions.ts';
import { has } from '@seenby/core/ranges/range-set.ts';
import type { Message } from '@seenby/protocol/entities.ts';
import { doneWithPushes, type Push, type ResultWithPushes } from '../push/recipients/push.ts';
import { notAllowed, notFound } from '../runtime/refusals.ts';
import { refuse } from '../runtime/result.ts';
import { refusedByRole } from '../service/refused-by-role.ts';
import type { Caller, Service } from '../service/service.ts';
import { visibleMessage } from '../service/visible-message.ts';
import { outgrowsRecalled } from '../store/recalled-seqs.ts';

const tooManyRecalled = () =>
  refuse('TOO_MANY', 'Too many messages of this group are recalled already.');

/** Takes a message back: the seq stays, the content goes, and nobody has it unread any more. */
export async function recallMessage(
  service: Service,
  { userId }: Caller,
  groupId: string,
  seq: number,
): Promise<ResultWithPushes<{ message: Message }>> {
  const membership = await service.members.membership(groupId, userId, 'strong');
  const message = membership && (await visibleMessage(service, membership, seq));
  if (!membership || !message) return notFound();
  const { group, member } = membership;
  if (message.senderId !== userId && !isAtLeast(member.role, 'admin')) {
    return notAllowed('recall this message');
  }
  const { mentions: _gone, metadata: _taken, ...rest } = message;
  const recalled: Message = { ...rest, content: '', recalled: true };
  const frame = {
    type: 'message_recalled',
    groupId,
    messageId: message.messageId,
    seq,
  } as const;
  const pushes: Push[] = [{ to: 'members', groupId, frame }];
  const announcement = { groupId, what: `recalled ${seq}`, userId } as const;
  const noteTold = () => service.announcements.noteMade(announcement);
  if (message.recalled && has(group.recalled, seq)) {
    const isPending = await service.announcements.isPending(announcement);
    return isPending
      ? doneWithPushes({ message: recalled }, pushes, noteTold)
      : doneWithPushes({ message: recalled });
  }
  if (outgrowsRecalled(group, seq)) return tooManyRecalled();
  const minRole = message.senderId === userId ? 'member' : 'admin';
  const by = { groupId, userId, minRole } as const;
  const part = service.announcements.partOf(announcement, service.clock());
  const written = await service.messages.recall(by, seq, part);
  if (written === 'gone') return notFound();
  if (written === 'notAllowed') return refusedByRole(service, by, 'recall this message');
  await service.groups.addRecalled(group, seq);
  const now = service.clock();
  await service.activity.note([{ groupId, day: dayOf(now) }], now);
  return doneWithPushes({ message: recalled }, pushes, noteTold);
}
