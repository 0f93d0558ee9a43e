import { NodeHttpHandler } from '@smithy/node-http-handler';

/** How often a call to AWS is tried, and how long each attempt may take. */
export interface CallLimits {
  attempts: number;
  attemptMs: number;
}

/**
 * Nine seconds with the pauses between: less than half of what any function has that calls AWS, so
 * that its caller is answered even when everything is silent. DynamoDB takes milliseconds.
 */
export const usualCall: CallLimits = { attempts: 3, attemptMs: 2500 };

/** Objects of the archive are written by a function that has a quarter of an hour. */
export const uploadCall: CallLimits = { attempts: 4, attemptMs: 60_000 };

/** The SDK's first pause after a throttle is below this; each further one may be twice as long. */
const firstPauseMs = 500;

/** The longest that a call can take, with all its attempts and the pauses between them. */
export const maxCallMs = ({ attempts, attemptMs }: CallLimits): number =>
  attempts * attemptMs + (2 ** (attempts - 1) - 1) * firstPauseMs;

const connectMs = 1000;
const agent = { keepAlive: true, maxSockets: 100 };

/**
 * What every client of AWS is made with. The SDK has no limit of its own, and by itself a
 * `requestTimeout` only prints a warning. It ends with the headers of the answer; `socketTimeout`
 * goes on over the body.
 */
export function clientOptions({ attempts, attemptMs }: CallLimits = usualCall) {
  return {
    maxAttempts: attempts,
    requestHandler: new NodeHttpHandler({
      connectionTimeout: Math.min(connectMs, attemptMs),
      requestTimeout: attemptMs,
      throwOnRequestTimeout: true,
      socketTimeout: attemptMs,
      httpAgent: agent,
      httpsAgent: agent,
    }),
  };
}
