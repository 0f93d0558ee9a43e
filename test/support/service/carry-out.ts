import type { ResultWithPushes } from '../../../functions/push/recipients/push.ts';

/** A request to its end, as an edge brings it there, but for the pushes themselves. */
export async function carryOut<T>(
  request: Promise<ResultWithPushes<T>>,
): Promise<ResultWithPushes<T>> {
  const outcome = await request;
  if (outcome.ok) await outcome.noteTold?.();
  return outcome;
}
