import type { AwsLimits } from '../aws-limits.ts';
import type { Clock } from '../clock.ts';
import type { Apis } from './definition/api-definition.ts';
import { awsAccountRate, createRequestBucket, type RequestRate } from './request-bucket.ts';
import type { PostLimiter } from './sockets/management-api.ts';

type Take = () => boolean;

/** What each kind of request asks before it is served; false refuses it. */
export interface RequestLimits {
  http: Take;
  /** Frames of clients, and upgrades. */
  sockets: Take;
  connections: Take;
  posts: PostLimiter;
}

const always: Take = () => true;

/**
 * With the limits of an account, one bucket for everything, and before it those of the template's
 * stages. Without them only posts to connections are limited, as in an account of their own.
 */
export function createRequestLimits(
  limits: AwsLimits | undefined,
  apis: Apis,
  clock: Clock,
): RequestLimits {
  const bucket = (rate: RequestRate): Take => createRequestBucket(rate, clock);
  if (!limits) {
    const posts = bucket(awsAccountRate);
    return { http: always, sockets: always, connections: always, posts };
  }
  const account = bucket(limits.requests);
  const behind = (api: { throttle?: RequestRate | undefined } | undefined): Take => {
    const stage = api?.throttle ? bucket(api.throttle) : always;
    return () => stage() && account();
  };
  return {
    http: behind(apis.http),
    sockets: behind(apis.sockets),
    connections: bucket(limits.newConnections),
    posts: account,
  };
}
