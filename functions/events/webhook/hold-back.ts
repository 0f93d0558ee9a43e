import { ChangeMessageVisibilityCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientOptions } from '../../runtime/aws-client.ts';

/** Hides a message of a queue from now on, in whole seconds. Throws the SDK's error when SQS does not. */
export function holdBackIn(queueUrl: string): (receiptHandle: string, ms: number) => Promise<void> {
  const client = new SQSClient({ ...clientOptions(), useQueueUrlAsEndpoint: false });
  return async (ReceiptHandle, ms) => {
    const VisibilityTimeout = Math.ceil(ms / 1000);
    await client.send(
      new ChangeMessageVisibilityCommand({ QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout }),
    );
  };
}
