import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where records that could not be handled end up, by queue (or bucket) ARN. */
export class DeadLetterQueues {
  readonly #messages = new Map<string, unknown[]>();
  readonly #dir: string | undefined;

  /** With `dir`, every message is also appended to `<queue name>.jsonl` there. */
  constructor(options: { dir?: string } = {}) {
    this.#dir = options.dir;
    if (options.dir !== undefined) mkdirSync(options.dir, { recursive: true });
  }

  readonly add = (queueArn: string, message: unknown): void => {
    this.messagesOf(queueArn).push(message);
    if (this.#dir === undefined) return;
    const queueName = queueArn.split(':').at(-1)?.replaceAll('/', '-') ?? 'unknown';
    appendFileSync(join(this.#dir, `${queueName}.jsonl`), `${JSON.stringify(message)}\n`);
  };

  /** Oldest first. */
  messagesOf(queueArn: string): unknown[] {
    const messages = this.#messages.get(queueArn) ?? [];
    this.#messages.set(queueArn, messages);
    return messages;
  }
}
