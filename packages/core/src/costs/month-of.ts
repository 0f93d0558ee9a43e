import {
  gbSeconds,
  logBytesPerRequest,
  minutesBetweenHeartbeats,
  queueRequestsPerJob,
} from './function-times.ts';
import type { GroupTraffic } from './group-use.ts';
import type { Quantities } from './prices.ts';

/** What one round takes: some messages are sent, and each member who is online reads them in one mark. */
export interface RoundQuantities {
  writeUnits: number;
  readUnits: number;
  frames: number;
  /** Invocations but for those by the queue, each of which is a job. */
  calls: number;
  jobs: number;
  gbSeconds: number;
}

/** A month of rounds, and the heartbeats of those who are online. */
export function monthOf(
  { roundsAMonth, connectionMinutes }: GroupTraffic,
  round: RoundQuantities,
): Quantities {
  const heartbeats = connectionMinutes / minutesBetweenHeartbeats;
  const jobs = roundsAMonth * round.jobs;
  const lambdaRequests = roundsAMonth * round.calls + heartbeats + jobs;
  return {
    writeUnits: roundsAMonth * round.writeUnits,
    readUnits: roundsAMonth * round.readUnits,
    frames: roundsAMonth * round.frames + 2 * heartbeats,
    connectionMinutes,
    lambdaRequests,
    lambdaGbSeconds: roundsAMonth * round.gbSeconds + heartbeats * gbSeconds.socket,
    queueRequests: queueRequestsPerJob * jobs,
    logGigabytes: (lambdaRequests * logBytesPerRequest) / 1e9,
  };
}
