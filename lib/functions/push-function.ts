import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { environmentNames } from '../../functions/runtime/environment.ts';
import type { WebSocketApi } from '../apis/web-socket-api.ts';
import type { Table } from '../data/table.ts';
import { fanOutGrants } from '../data/table-grants.ts';
import type { Settings } from '../settings/settings.ts';
import { consumeQueue } from './consume-queue.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { SeenbyFunction } from './seenby-function.ts';

export interface PushFunctionProps {
  readonly settings: Settings;
  readonly table: Table;
  readonly sockets: WebSocketApi;
}

const timeout = Duration.seconds(30);
/**
 * When a job whose sandbox ended early is shown again. AWS advises six times the timeout, so that
 * none is shown twice; but a frame that comes twice does no harm, and one that comes late does.
 */
const hidden = Duration.seconds(60);
/** A sandbox of the memory below gets so many posts out in a second: see docs/benchmarks.md. */
const maxPostsPerSandbox = 500;
/** Lambda takes no lower limit of a queue's consumers. */
const minSandboxes = 2;
/** Jobs that a sandbox posts side by side, so that one slow client holds up none of them. */
const batchSize = 5;

/**
 * Posts slices of big fan-outs, again to clients that were not reached at once, and counts when they are due. What is to be
 * posted waits in a queue, and how many sandboxes take from it is bounded: together they post no
 * more than the setting says, however many requests ask for it. A reserved concurrency would bound
 * them too, but no account can reserve any while Lambda grants it ten.
 */
export class PushFunction extends SeenbyFunction {
  /** Jobs that failed the function again and again. */
  readonly deadLetters: Queue;
  readonly #sockets: WebSocketApi;
  readonly queue: Queue;
  readonly #postsPerSandbox: number;

  constructor(scope: Construct, id: string, { settings, table, sockets }: PushFunctionProps) {
    super(scope, id, {
      ...{ entry: 'push', memoryMb: 1024, timeoutSeconds: timeout.toSeconds() },
      settings,
    });
    const sandboxes = Math.max(
      minSandboxes,
      Math.ceil(settings.postsPerSecond / maxPostsPerSandbox),
    );
    this.#sockets = sockets;
    this.#postsPerSandbox = Math.floor(settings.postsPerSecond / sandboxes);
    this.deadLetters = new DeadLetterQueue(scope, `${id}DeadLetters`);
    this.queue = this.#addQueue(scope, id);
    table.allow(this, fanOutGrants);
    this.allowPushing(this);
    this.allowCounts(this, settings);
    sockets.allowFinding(this);
    consumeQueue(this, this.queue, { batchSize, maxConcurrency: sandboxes });
  }

  /** Lets a function that pushes push counts as well, now or when they are due. */
  allowCounts(handler: SeenbyFunction, settings: Settings): void {
    const { pushWindowSeconds, bigGroupPushWindowSeconds } = settings;
    handler.setEnvironment(environmentNames.pushWindowSeconds, `${pushWindowSeconds}`);
    handler.setEnvironment(
      environmentNames.bigGroupPushWindowSeconds,
      `${bigGroupPushWindowSeconds}`,
    );
  }

  /** Lets a function push: by itself to a few connections, by way of this one to many. */
  allowPushing(handler: SeenbyFunction): void {
    this.#sockets.allowPush(handler);
    handler.setEnvironment(environmentNames.pushQueue, this.queue.queueUrl);
    handler.setEnvironment(environmentNames.postsPerSecond, `${this.#postsPerSandbox}`);
    handler.allow(['sqs:SendMessage'], [this.queue.queueArn]);
  }

  #addQueue(scope: Construct, id: string): Queue {
    return new Queue(scope, `${id}Queue`, {
      ...{ encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true },
      visibilityTimeout: hidden,
      retentionPeriod: Duration.hours(1),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
  }
}
