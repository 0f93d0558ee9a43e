import type { Clock } from '../clock.ts';

/** A token bucket: so many requests at once, and so many more each second. */
export interface RequestRate {
  perSecond: number;
  burst: number;
}

/** What API Gateway grants an account in a region, shared by all that it calls and is called by. */
export const awsAccountRate: RequestRate = { perSecond: 10_000, burst: 5_000 };

export function createRequestBucket(
  { perSecond, burst }: RequestRate,
  clock: Clock,
): () => boolean {
  let tokens = burst;
  let filledAtMs = clock.nowMs();
  return () => {
    const nowMs = clock.nowMs();
    tokens = Math.min(burst, tokens + ((nowMs - filledAtMs) / 1000) * perSecond);
    filledAtMs = nowMs;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
