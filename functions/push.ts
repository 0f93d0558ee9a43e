import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { PushJob } from './push/dispatch/push-job.ts';
import { runPushJob } from './push/dispatch/run-push-job.ts';
import { queuedPostTimes } from './push/transport/frame-poster.ts';
import { logFault } from './runtime/log.ts';
import { wirePush } from './wiring.ts';

const parts = wirePush(queuedPostTimes);

/** Posts slices of big fan-outs, and frames to clients that were not reached at once. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const failed: string[] = [];
  await Promise.all(
    Records.map(async ({ messageId, body }) => {
      try {
        await runPushJob(parts, JSON.parse(body) as PushJob);
      } catch (error) {
        logFault('a job was not pushed', error, { messageId });
        failed.push(messageId);
      }
    }),
  );
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}
