import { budgets } from '../limits/budget.ts';
import { doneWithPushes, type ResultWithPushes } from '../push/recipients/push.ts';
import { notFound } from '../runtime/refusals.ts';
import type { Caller, Service } from '../service/service.ts';

/**
 * Announces to others who have the group open that someone is writing, once in three seconds: more is
 * dropped in silence. Nothing is replied.
 */
export async function announceTyping(
  service: Service,
  { userId }: Caller,
  groupId: string,
): Promise<ResultWithPushes<[]>> {
  if (service.budgets.isSpent(userId, budgets.typingInGroup, groupId)) return doneWithPushes([]);
  const membership = await service.members.membership(groupId, userId, 'eventual');
  if (!membership) return notFound();
  const taken = await service.budgets.take(userId, budgets.typingInGroup, 1, groupId);
  if (taken.outcome === 'limited') return doneWithPushes([]);
  return doneWithPushes(
    [],
    [
      {
        to: 'subscribers',
        groupId,
        exceptUserId: userId,
        frame: { type: 'typing_indicator', groupId, userId },
      },
    ],
  );
}
