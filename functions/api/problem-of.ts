import type { Problem } from '@seenby/protocol/errors.ts';
import { isThrottle, logFault, logWarning } from '../runtime/log.ts';

export interface FailedRequest {
  route: string;
  requestId: string;
}

/** The answer for a fault: that it is ours, and the id under which the log has it. Logs it. */
export function problemOf(error: unknown, { route, requestId }: FailedRequest): Problem {
  if (isThrottle(error)) {
    logWarning('a request was throttled', { route, requestId, error: error.name });
    return {
      code: 'RATE_LIMITED',
      message: 'The service is busy. Try again.',
      retryAfterMs: 1000,
    };
  }
  logFault('a request failed', error, { route, requestId });
  return { code: 'INTERNAL', message: `Our fault. Request ${requestId}` };
}
