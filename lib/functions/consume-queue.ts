import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { exempt } from '../exempt.ts';
import type { SeenbyFunction } from './seenby-function.ts';

export interface ConsumerPace {
  /** Messages that a sandbox gets at once. */
  readonly batchSize: number;
  /** Sandboxes at a time; 2 at least. */
  readonly maxConcurrency: number;
}

/** Calls a function with what is in a queue. What it reports as failed is shown again, and ends in the queue's dead letters. */
export function consumeQueue(handler: SeenbyFunction, queue: Queue, pace: ConsumerPace): void {
  const { scope, id } = handler.node;
  if (!scope) throw new Error(`${id} is in no stack`);
  const actions = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'];
  handler.allow(
    actions.map((action) => `sqs:${action}`),
    [queue.queueArn],
  );
  const mapping = new EventSourceMapping(scope, `${id}Mapping`, {
    ...{ target: handler.target, eventSourceArn: queue.queueArn, reportBatchItemFailures: true },
    ...pace,
  });
  exempt(mapping, {
    'Serverless-LambdaEventSourceMappingDestination': 'The queue has dead letters of its own',
  });
}
