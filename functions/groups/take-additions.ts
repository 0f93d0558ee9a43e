import pMap from 'p-map';
import { budgets } from '../limits/budget.ts';
import { overBudget } from '../runtime/refusals.ts';
import type { Refusal } from '../runtime/result.ts';
import type { Caller, Service } from '../service/service.ts';

/** With longer lists the budget of all additions is used up as soon as that of each would be. */
const maxCountedEach = 100;
const takenAtOnce = 8;

/** Why a user may not put so many others, or one of them so often, into groups at the moment. */
export async function takeAdditions(
  service: Service,
  { userId: callerId, isService }: Caller,
  userIds: readonly string[],
): Promise<Refusal | undefined> {
  if (isService) return undefined;
  const all = await service.budgets.take(callerId, budgets.additions, userIds.length);
  if (all.outcome === 'limited') return overBudget(all.retryAfterMs);
  if (userIds.length > maxCountedEach) return undefined;
  const taken = await pMap(
    userIds,
    (userId) => service.budgets.take(callerId, budgets.additionsOfOne, 1, userId),
    { concurrency: takenAtOnce },
  );
  const waits = taken.flatMap((each) => (each.outcome === 'limited' ? [each.retryAfterMs] : []));
  return waits.length > 0 ? overBudget(Math.max(...waits)) : undefined;
}
