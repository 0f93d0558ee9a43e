import type { PartitionRates } from './dynamodb/partition-limits.ts';
import type { RequestRate } from './gateway/request-bucket.ts';

/** What AWS grants an account in a region. */
export interface AwsLimits {
  /** All that API Gateway is asked together: requests, upgrades, frames and posts to connections. */
  requests: RequestRate;
  newConnections: RequestRate;
  /** Invocations of all functions that may run at a time. */
  concurrentExecutions: number;
  /** What DynamoDB gives the items of one partition key; no quota, and never raised. */
  partition: PartitionRates;
}

/**
 * The default quotas of an account: 10,000 requests a second in most regions, 2,500 in thirteen, and
 * half of them at once; 500 new connections a second; 1,000 invocations at a time, and 10 in a new
 * account.
 */
export function awsLimits(requestsPerSecond = 10_000, concurrentExecutions = 1_000): AwsLimits {
  return {
    requests: { perSecond: requestsPerSecond, burst: requestsPerSecond / 2 },
    newConnections: { perSecond: 500, burst: 500 },
    concurrentExecutions,
    partition: { readUnits: 3_000, writeUnits: 1_000 },
  };
}

/** Reads `--aws-limits`, `--aws-limits=2500` or `--aws-limits=2500,10`; undefined without it. */
export function readAwsLimits(args: readonly string[]): AwsLimits | undefined {
  const flag = args.find((arg) => /^--aws-limits(=|$)/.test(arg));
  if (flag === undefined) return undefined;
  const match = /^--aws-limits(?:=([1-9]\d*)(?:,([1-9]\d*))?)?$/.exec(flag);
  if (!match) {
    throw new Error(`${flag}: give requests a second, or them and concurrent executions: 2500,10.`);
  }
  const [, requests, executions] = match;
  return awsLimits(...([requests, executions].filter(Boolean).map(Number) as [number?, number?]));
}
