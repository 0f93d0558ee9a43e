import { gbSeconds, queueRequestsPerJob } from '@seenby/core/costs/function-times.ts';
import { dollarsOf } from '@seenby/core/costs/prices.ts';

/** What playing some traffic took: nothing of it depends on the machine. */
export interface Used {
  design: string;
  writeUnits: number;
  readUnits: number;
  /** Added to the table. */
  storedBytes: number;
  /** Frames that clients sent, and those that were posted to them, as AWS charges them: 32 KB each. */
  framesIn: number;
  framesOut: number;
  /** Frames that went out by way of the queue. */
  queuedFrames: number;
  /** Of the invocations of `push`: for counts that were due, which takes as long as in `fan-out`. */
  countJobs: number;
  invocations: Invocations;
}

export interface Invocations {
  /** For frames and connections. */
  socket: number;
  recorder: number;
  fanOut: number;
  push: number;
}

export const gbSecondsOf = ({
  invocations: { socket, recorder, fanOut },
  queuedFrames,
  countJobs,
}: Used): number =>
  socket * gbSeconds.socket +
  recorder * gbSeconds.recorder +
  (fanOut + countJobs) * gbSeconds.fanOut +
  queuedFrames * gbSeconds.post;

/** By line. */
export function dollarsFor(used: Used) {
  const { writeUnits, readUnits, framesIn, framesOut, invocations } = used;
  const { socket, recorder, fanOut, push } = invocations;
  const database = dollarsOf({ writeUnits, readUnits });
  const frames = dollarsOf({ frames: framesIn + framesOut });
  const functions = dollarsOf({
    lambdaRequests: socket + recorder + fanOut + push,
    lambdaGbSeconds: gbSecondsOf(used),
    queueRequests: queueRequestsPerJob * push,
  });
  return { database, frames, functions, together: database + frames + functions };
}
