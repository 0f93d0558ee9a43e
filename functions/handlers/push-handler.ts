import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { FanOut } from '../fan-out/fan-out.ts';
import { pushDueCounts } from '../fan-out/push-due-counts.ts';
import type { QueuedJob } from '../push/dispatch/push-job.ts';
import { runPushJob } from '../push/dispatch/run-push-job.ts';
import { logFault } from '../runtime/log.ts';
import type { PushWiring } from './parts.ts';

/** Posts slices of big fan-outs, frames to clients that were not reached at once, and counts that are due. */
export function pushHandler(parts: FanOut & PushWiring) {
  const run = (job: QueuedJob): Promise<void> =>
    'dueAt' in job ? pushDueCounts(parts, job) : runPushJob(parts, job);
  return async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const failed: string[] = [];
    await Promise.all(
      Records.map(async ({ messageId, body }) => {
        try {
          await run(JSON.parse(body) as QueuedJob);
        } catch (error) {
          logFault('a job was not pushed', error, { messageId });
          failed.push(messageId);
        }
      }),
    );
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
  };
}
