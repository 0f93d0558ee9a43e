import { type EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { environmentNames } from '../../functions/runtime/environment.ts';
import { exempt } from '../exempt.ts';
import type { Settings } from '../settings/settings.ts';
import { consumeQueue } from './consume-queue.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { SeenbyFunction } from './seenby-function.ts';

export interface WebhookFunctionProps {
  readonly settings: Settings;
  readonly url: string;
  readonly bus: EventBus;
}

/** An answer, the secret, and hiding the message: each has a limit of its own. */
const timeout = Duration.seconds(40);
/** When an event whose sandbox ended early is shown again. */
const hidden = Duration.seconds(120);
/** With the pauses between them, a day: see functions/events/webhook/retry-pause.ts. */
const maxAttempts = 100;
/** Events that a sandbox posts side by side, and sandboxes: a slow receiver gets so many at once. */
const batchSize = 10;
const maxConcurrency = 5;
/** Letters and digits in fours are base64: of 33 bytes. */
const secretLength = 44;

/**
 * Posts the events of the bus to an address. They wait in a queue until they are taken. EventBridge's own API
 * destinations cannot sign: see docs/decisions/0029-webhooks-are-signed-by-a-function.md.
 */
export class WebhookFunction extends SeenbyFunction {
  /** Events that were not taken within a day. */
  readonly deadLetters: Queue;
  readonly #queue: Queue;
  readonly #secret: Secret;

  constructor(scope: Construct, id: string, { settings, url, bus }: WebhookFunctionProps) {
    super(scope, id, {
      ...{ entry: 'webhook', memoryMb: 512, timeoutSeconds: timeout.toSeconds() },
      settings,
    });
    this.deadLetters = new DeadLetterQueue(scope, `${id}DeadLetters`);
    this.#queue = this.#addQueue(scope, id, bus);
    this.#secret = makeSecret(scope, id);
    this.setEnvironment(environmentNames.webhookUrl, url);
    this.setEnvironment(environmentNames.webhookSecret, this.#secret.secretArn);
    this.setEnvironment(environmentNames.webhookQueue, this.#queue.queueUrl);
    this.allow(['secretsmanager:GetSecretValue'], [this.#secret.secretArn]);
    this.allow(['sqs:ChangeMessageVisibility'], [this.#queue.queueArn]);
    consumeQueue(this, this.#queue, { batchSize, maxConcurrency });
  }

  get outputs(): Readonly<Record<string, string>> {
    return {
      WebhookSecretArn: this.#secret.secretArn,
      WebhookQueueArn: this.#queue.queueArn,
      WebhookDeadLettersArn: this.deadLetters.queueArn,
    };
  }

  #addQueue(scope: Construct, id: string, eventBus: EventBus): Queue {
    const queue = new Queue(scope, `${id}Queue`, {
      ...{ encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true },
      visibilityTimeout: hidden,
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxAttempts },
    });
    new Rule(scope, `${id}Rule`, {
      eventBus,
      eventPattern: { source: ['seenby'] },
      targets: [new SqsQueue(queue, { deadLetterQueue: this.deadLetters })],
    });
    return queue;
  }
}

function makeSecret(scope: Construct, id: string): Secret {
  const secret = new Secret(scope, `${id}Secret`, {
    description: 'Signs the events that Seenby posts',
    generateSecretString: { passwordLength: secretLength, excludePunctuation: true },
  });
  exempt(secret, { 'AwsSolutions-SMG4': 'The receiver has to know a new one before it signs' });
  return secret;
}
