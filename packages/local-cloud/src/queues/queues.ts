import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Clock, systemClock } from '../clock.ts';
import type { Functions } from '../lambda/functions.ts';
import type { Authorize } from '../permissions/permissions.ts';
import type { Template } from '../template/template.ts';
import { Consumer } from './consumer.ts';
import { Queue, type QueueSample } from './queue.ts';
import { QueueEndpoint } from './queue-endpoint.ts';
import { readConsumers, readQueues } from './queue-settings.ts';

const pollMs = 20;

/** The template's queues, where functions find them, and the functions that take from them. */
export class Queues {
  readonly #template: Template;
  readonly #queues: readonly Queue[];
  readonly #endpoint: QueueEndpoint;
  #consumers: readonly Consumer[] = [];

  constructor(
    template: Template,
    options: {
      deadLetters: (queueArn: string, message: unknown) => void;
      reportFault: (cause: unknown) => void;
      /** Whether the role of who sends a message allows it; all may unless given. */
      authorize?: Authorize;
      clock?: Clock | undefined;
      /** How long a message whose function failed stays hidden, whatever the template says. */
      hiddenMs?: number | undefined;
      /** Keeps what is in the queues, by their names; without it that goes with the process. */
      dir?: string | undefined;
    },
  ) {
    const { clock = systemClock, deadLetters, reportFault, hiddenMs } = options;
    const { authorize = () => undefined, dir } = options;
    const fileOf = (arn: string) => dir && join(dir, `${arn.split(':').at(-1)}.jsonl`);
    this.#template = template;
    const hidden = hiddenMs === undefined ? {} : { visibilityTimeoutMs: hiddenMs };
    this.#queues = readQueues(template).map(
      (each) => new Queue({ ...each, ...hidden }, clock, deadLetters, fileOf(each.arn)),
    );
    this.#endpoint = new QueueEndpoint(this.#queues, authorize, reportFault);
  }

  /** Answers the address. */
  open(): Promise<string> {
    return this.#endpoint.open();
  }

  /** False when no such queue is in the template. */
  send(queueArn: string, body: string): boolean {
    const queue = this.#queues.find(({ settings }) => settings.arn === queueArn);
    queue?.send(body, 0);
    return queue !== undefined;
  }

  consume(functions: Pick<Functions, 'invoke'>): void {
    this.#consumers = readConsumers(this.#template).flatMap((settings) =>
      this.#queues
        .filter((queue) => queue.settings.arn === settings.queueArn)
        .map((queue) => new Consumer(settings, queue, functions)),
    );
    // What was kept from before may have waited for them.
    for (const queue of this.#queues) queue.onVisible();
  }

  samples(): QueueSample[] {
    return this.#queues.map((queue) => queue.sample());
  }

  /** Resolves once nothing is left in any queue. */
  async drained(): Promise<void> {
    while (this.#queues.some(({ size }) => size > 0)) await wait(pollMs);
  }

  stopConsuming(): void {
    for (const consumer of this.#consumers) consumer.stop();
  }

  async close(): Promise<void> {
    this.stopConsuming();
    await this.#endpoint.close();
    for (const queue of this.#queues) queue.close();
  }
}
