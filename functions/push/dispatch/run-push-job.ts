import { logWarning } from '../../runtime/log.ts';
import type { Timing } from '../../runtime/timing.ts';
import type { UsageCounter } from '../../runtime/usage-counts.ts';
import type { ConnectionSender } from '../transport/connection-sender.ts';
import type { PushJob, StillEntitled } from './push-job.ts';
import type { PushQueue } from './push-queue.ts';

export interface PushParts {
  connectionSender: ConnectionSender;
  queue: PushQueue;
  timing: Timing;
  stillEntitled: StillEntitled;
  usage: UsageCounter;
}

export const firstPauseMs = 1000;
const maxPauseMs = 60_000;
/** Half a minute to a minute of trying, with the pauses between. */
const maxAttempts = 6;
/** Clients may have come and gone since. */
const freshMs = 2000;
/** Older than this, what somebody does at the moment is not worth showing. */
const ephemeralMaxAgeMs = 10_000;
/** Later counts may have gone out since; the fan-out repeats them for longer than this. */
const countsMaxAgeMs = 45_000;
/** Longer than API Gateway keeps a connection over which nothing goes. */
const jobMaxAgeMs = 15 * 60_000;

const ephemeralFrames = new Set(['typing_indicator', 'user_status_change']);

/**
 * Posts a job once, and puts back into the queue the connections that it did not reach. A client
 * that takes nothing while others do is disconnected after a while: coming back it catches up,
 * where its screen would have stayed stale. Connections that only the quota refused are tried for
 * longer than any connection lives without traffic, and never closed.
 */
export async function runPushJob(parts: PushParts, job: PushJob): Promise<void> {
  const { connectionSender, queue, timing, stillEntitled, usage } = parts;
  const ageMs = timing.clock() - job.madeAt;
  const data = frameAt(ageMs, job);
  if (data === undefined) return;
  const isFresh = ageMs <= freshMs && job.attempt === 0;
  const connections = isFresh ? job.connections : await stillEntitled(job);
  const { refused, failed } = await connectionSender.post({
    data,
    connections,
    groupId: job.groupId,
  });
  const unreached = [...refused, ...failed];
  usage.addIfLate(connections.length - unreached.length, job.madeAt);
  const pending =
    job.attempt < maxAttempts ? unreached : await connectionSender.closeUnresponsive(unreached);
  if (pending.length === 0) return;
  if (ageMs > jobMaxAgeMs) {
    return logWarning('a frame was given up', { connections: pending.length });
  }
  const again = { ...job, connections: pending, attempt: job.attempt + 1 };
  await queue(again, pauseAfter(job.attempt, timing));
}

/** Twice as long each time, with equal jitter: never at once, and never all together. */
function pauseAfter(attempt: number, { random }: Timing): number {
  const pauseMs = Math.min(maxPauseMs, firstPauseMs * 2 ** attempt);
  return (pauseMs / 2) * (1 + random());
}

/**
 * The frame as it may be posted after so long. A client drops counts that are older than what it
 * has, although they may be about other messages: it is told to ask for them instead.
 */
function frameAt(ageMs: number, { data, madeAt, groupId }: PushJob): string | undefined {
  if (ageMs <= ephemeralMaxAgeMs) return data;
  const { type, counts } = JSON.parse(data) as { type: string; counts?: unknown };
  if (ephemeralFrames.has(type)) return undefined;
  if (ageMs <= countsMaxAgeMs || counts === undefined) return data;
  return JSON.stringify({ type: 'receipts_changed', groupId, timestamp: madeAt });
}
