import type { Functions, Invocation } from '../lambda/functions.ts';
import { localAccount } from '../template/physical-names.ts';
import type { Message, Queue } from './queue.ts';
import type { ConsumerSettings } from './queue-settings.ts';

/** Calls a function with what is in a queue, as Lambda does. */
export class Consumer {
  readonly #settings: ConsumerSettings;
  readonly #queue: Queue;
  readonly #functions: Pick<Functions, 'invoke'>;
  #running = 0;
  #isStopped = false;

  constructor(settings: ConsumerSettings, queue: Queue, functions: Pick<Functions, 'invoke'>) {
    this.#settings = settings;
    this.#queue = queue;
    this.#functions = functions;
    queue.onVisible = () => this.#takeAll();
  }

  stop(): void {
    this.#isStopped = true;
  }

  #takeAll(): void {
    while (!this.#isStopped && this.#running < this.#settings.maxConcurrency) {
      const batch = this.#queue.receive(this.#settings.batchSize);
      if (batch.length === 0) return;
      this.#running++;
      void this.#handle(batch).finally(() => {
        this.#running--;
        this.#takeAll();
      });
    }
  }

  async #handle(batch: readonly Message[]): Promise<void> {
    const { functionId, queueArn } = this.#settings;
    const Records = batch.map((message) => recordOf(message, queueArn));
    const failed = this.#failedIn(await this.#functions.invoke(functionId, { Records }));
    for (const { messageId } of batch) {
      if (failed !== 'all' && !failed.has(messageId)) this.#queue.delete(messageId);
    }
  }

  #failedIn(invocation: Invocation): Set<string> | 'all' {
    if (!invocation.ok) return 'all';
    if (!this.#settings.reportsItemFailures) return new Set();
    const { batchItemFailures = [] } = (invocation.payload ?? {}) as {
      batchItemFailures?: { itemIdentifier: string }[];
    };
    return new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  }
}

const recordOf = ({ messageId, body, receives, sentAtMs }: Message, queueArn: string) => ({
  messageId,
  receiptHandle: messageId,
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: String(sentAtMs),
  },
  messageAttributes: {},
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn,
  awsRegion: localAccount.region,
});
