import type { InvocationLog } from '../lambda/functions.ts';
import { throttled, tooLarge } from '../lambda/refused-invocations.ts';

type Invoked = Pick<Parameters<InvocationLog>[0], 'durationMs' | 'error'>;

/** What an invocation adds to the metrics of its function. One that Lambda refused never was one. */
export function functionMetrics({ durationMs, error }: Invoked): Record<string, number> {
  if (error?.startsWith(throttled.errorType)) return { Throttles: 1 };
  if (error?.startsWith(tooLarge)) return {};
  return {
    ...{ Invocations: 1, Errors: error === undefined ? 0 : 1, Throttles: 0 },
    Duration: Math.round(durationMs),
  };
}
