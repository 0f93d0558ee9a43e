import { EventSourceMapping, type StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { environmentNames } from '../../functions/runtime/environment.ts';
import type { Table } from '../data/table.ts';
import { exempt } from '../exempt.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import type { SeenbyFunction } from './seenby-function.ts';
import type { StreamFilter } from './stream-filters.ts';

export interface StreamConsumerProps {
  readonly table: Table;
  readonly handler: SeenbyFunction;
  readonly filters: readonly StreamFilter[];
  readonly startingPosition: StartingPosition;
  /** How long changes are gathered before the handler is called; 0 calls at once. */
  readonly windowSeconds: number;
  /** After this age a change goes to the dead letters; the stream itself keeps 24 hours. */
  readonly maxRecordAge: Duration;
  readonly retryAttempts: number;
}

/** A change carries a member row twice, at most 1 KB each: a batch stays below Lambda's 6 MB. */
const batchSize = 1000;

/** Calls a function with the table's changes; what it cannot process ends in a queue of its own. */
export class StreamConsumer extends Construct {
  readonly handler: SeenbyFunction;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: StreamConsumerProps) {
    super(scope, id);
    this.handler = props.handler;
    this.deadLetters = new DeadLetterQueue(this, 'DeadLetters');
    exempt(this.deadLetters, { 'AwsSolutions-SQS3': 'Is itself where failures end' });
    // Of Lambda, which gives up what fails too often, and of the function, for what it cannot read.
    props.handler.allow(['sqs:SendMessage'], [this.deadLetters.queueArn]);
    props.handler.setEnvironment(environmentNames.deadLetters, this.deadLetters.queueUrl);
    props.table.allowStream(props.handler);
    this.#map(props);
  }

  #map(props: StreamConsumerProps): void {
    new EventSourceMapping(this, 'Mapping', {
      target: props.handler.target,
      eventSourceArn: props.table.streamArn,
      startingPosition: props.startingPosition,
      filters: props.filters.map((filter) => ({ pattern: JSON.stringify(filter) })),
      batchSize,
      maxBatchingWindow: Duration.seconds(props.windowSeconds),
      maxRecordAge: props.maxRecordAge,
      retryAttempts: props.retryAttempts,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      onFailure: { bind: () => ({ destination: this.deadLetters.queueArn }) },
    });
  }
}
