import type { Problem } from '../protocol/errors.ts';

const throttles = new Set([
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
]);

/** What a caller learns of a fault: that it is ours, and under which id we will find it. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (error instanceof Error && throttles.has(error.name)) {
    return {
      code: 'RATE_LIMITED',
      message: 'The service is busy. Try again.',
      retryAfterMs: 1000,
    };
  }
  return { code: 'INTERNAL', message: `Our fault. Request ${requestId}` };
}
