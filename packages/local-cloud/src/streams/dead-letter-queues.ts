import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** A message of a queue as it is received. */
export interface Letter {
  messageId: string;
  message: unknown;
  receiptHandle: string;
}

interface Kept extends Letter {
  /** Nobody receives it before this time. */
  visibleAtMs: number;
}

/** Where records that could not be handled end up, by queue (or bucket) ARN. */
export class DeadLetterQueues {
  readonly #letters = new Map<string, Kept[]>();
  readonly #dir: string | undefined;

  /** With `dir`, every message is also appended to `<queue name>.jsonl` there. */
  constructor(options: { dir?: string } = {}) {
    this.#dir = options.dir;
    if (options.dir !== undefined) mkdirSync(options.dir, { recursive: true });
  }

  readonly add = (queueArn: string, message: unknown): void => {
    const kept = { messageId: randomUUID(), message, receiptHandle: '', visibleAtMs: 0 };
    this.#letters.set(queueArn, [...this.#in(queueArn), kept]);
    if (this.#dir === undefined) return;
    const queueName = queueArn.split(':').at(-1)?.replaceAll('/', '-') ?? 'unknown';
    appendFileSync(join(this.#dir, `${queueName}.jsonl`), `${JSON.stringify(message)}\n`);
  };

  /** Oldest first, hidden ones included. */
  messagesOf(queueArn: string): unknown[] {
    return this.#in(queueArn).map(({ message }) => message);
  }

  visibleIn(queueArn: string, nowMs: number): number {
    return this.#in(queueArn).filter(({ visibleAtMs }) => visibleAtMs <= nowMs).length;
  }

  /** The oldest that are to be seen. They are hidden until a time, and then show again. */
  receive(queueArn: string, count: number, nowMs: number, hiddenUntilMs: number): Letter[] {
    const visible = this.#in(queueArn).filter(({ visibleAtMs }) => visibleAtMs <= nowMs);
    return visible.slice(0, count).map((letter) => {
      letter.receiptHandle = randomUUID();
      letter.visibleAtMs = hiddenUntilMs;
      return { ...letter };
    });
  }

  /** By the handle of the last receipt; older ones change nothing. */
  hide(queueArn: string, receiptHandle: string, untilMs: number): void {
    const letter = this.#in(queueArn).find((each) => each.receiptHandle === receiptHandle);
    if (letter) letter.visibleAtMs = untilMs;
  }

  purge(queueArn: string): void {
    this.#letters.delete(queueArn);
  }

  delete(queueArn: string, receiptHandle: string): void {
    const rest = this.#in(queueArn).filter((letter) => letter.receiptHandle !== receiptHandle);
    this.#letters.set(queueArn, rest);
  }

  #in(queueArn: string): readonly Kept[] {
    return this.#letters.get(queueArn) ?? [];
  }
}
