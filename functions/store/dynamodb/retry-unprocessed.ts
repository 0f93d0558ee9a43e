import type { Pauses } from './pauses.ts';

const attempts = 8;

/**
 * A batch may be answered in part when DynamoDB throttles; the SDK does not retry the rest.
 * @throws after eight attempts, spread over up to six seconds with full jitter.
 */
export async function retryUnprocessed<T>(
  all: readonly T[],
  send: (pending: readonly T[]) => Promise<readonly T[]>,
  { random, wait }: Pauses,
): Promise<void> {
  let pending = await send(all);
  for (let attempt = 1; pending.length > 0; attempt++) {
    if (attempt === attempts) throw new Error(`DynamoDB left ${pending.length} items unprocessed`);
    await wait(random() * 50 * 2 ** Math.min(attempt, 5));
    pending = await send(pending);
  }
}
