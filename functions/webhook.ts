import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { deliverEvent, type Webhook } from './events/webhook/deliver-event.ts';
import { holdBackIn } from './events/webhook/hold-back.ts';
import { eventPoster } from './events/webhook/post-event.ts';
import { webhookSecret } from './events/webhook/webhook-secret.ts';
import { logFault } from './runtime/log.ts';
import { required } from './runtime/required-environment.ts';

const webhook: Webhook = {
  post: eventPoster(required('webhookUrl'), { clock: Date.now }),
  secret: webhookSecret(required('webhookSecret'), Date.now),
  holdBack: holdBackIn(required('webhookQueue')),
  random: Math.random,
};

/** Posts events to the address of the setting, signed. What it does not take stays in the queue. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const left = await Promise.all(
    Records.map(async ({ messageId, body, receiptHandle, attributes }) => {
      const attempts = Number(attributes.ApproximateReceiveCount);
      const isTaken = await deliverEvent(webhook, { body, receiptHandle, attempts }).catch(
        (error: unknown) => {
          logFault('an event was not delivered', error, { messageId });
          return false;
        },
      );
      return isTaken ? [] : [{ itemIdentifier: messageId }];
    }),
  );
  return { batchItemFailures: left.flat() };
}
