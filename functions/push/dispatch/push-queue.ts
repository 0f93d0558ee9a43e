import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientOptions } from '../../runtime/aws-client.ts';
import type { PushJob, QueuedJob } from './push-job.ts';

/** Leaves a job for the push Lambda, to be done after the delay at the earliest. MAY throw. */
export type PushQueue<Job extends QueuedJob = PushJob> = (
  job: Job,
  delayMs: number,
) => Promise<void>;

/** An SQS queue. It keeps whole seconds. */
export function pushQueue(queueUrl: string): PushQueue<QueuedJob> {
  // Its digest of each body costs a hash per message; TLS has seen to that already.
  const client = new SQSClient({ ...clientOptions(), md5: false, useQueueUrlAsEndpoint: false });
  return async (job, delayMs) => {
    await client.send(
      new SendMessageCommand({
        QueueUrl: queueUrl,
        MessageBody: JSON.stringify(job),
        DelaySeconds: Math.ceil(delayMs / 1000),
      }),
    );
  };
}
