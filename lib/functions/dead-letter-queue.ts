import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { exempt } from '../exempt.ts';

/** Where work ends that failed again and again, until somebody has looked at it. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    exempt(this, { 'Serverless-SQSRedrivePolicy': 'Is itself where failures end' });
  }
}
