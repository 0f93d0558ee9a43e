import type { Pauses } from './pauses.ts';

const attempts = 20;
const maxPauseMs = 100;

/** What DynamoDB refuses because a transaction on the same item is under way. The SDK does not retry it. */
function isConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'TransactionConflictException') return true;
  if (error.name !== 'TransactionCanceledException') return false;
  const { CancellationReasons = [] } = error as { CancellationReasons?: { Code?: string }[] };
  const codes = CancellationReasons.map(({ Code }) => Code);
  return codes.includes('TransactionConflict') && !codes.includes('ConditionalCheckFailed');
}

/**
 * A write meets a transaction only for the milliseconds that this takes.
 * @throws what DynamoDB answered, after twenty attempts in about a second.
 */
export async function retryConflicts<T>(
  write: () => Promise<T>,
  { random, wait }: Pauses,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!isConflict(error) || attempt === attempts) throw error;
      await wait(random() * Math.min(10 * attempt, maxPauseMs));
    }
  }
}
