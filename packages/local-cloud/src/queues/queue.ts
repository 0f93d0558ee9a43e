import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { QueueFile, type StoredMessage } from './queue-file.ts';

export interface QueueSettings {
  url: string;
  arn: string;
  /** No function takes from it: what is sent there is for who looks after the stack, as dead letters are. */
  isForOperator: boolean;
  visibilityTimeoutMs: number;
  /** Where a message goes that was received so often, if anywhere. */
  redrive: { deadLetterArn: string; maxReceives: number } | undefined;
}

export interface QueueSample {
  queueArn: string;
  /** How many messages may be received now. */
  visible: number;
  /** Of the oldest message; 0 for an empty queue. */
  oldestAgeMs: number;
}

export type Message = Omit<StoredMessage, 'visibleAtMs'>;

/** A standard queue of SQS: a message that is received is hidden for a while, until it is deleted. */
export class Queue {
  readonly settings: QueueSettings;
  /** Told whenever a message may have become visible. */
  onVisible: () => void = () => {};
  readonly #clock: Clock;
  readonly #deadLetters: (queueArn: string, message: unknown) => void;
  readonly #messages = new Map<string, StoredMessage>();
  #file: QueueFile | undefined;

  /** `path`: of a file that keeps what is in the queue; without it that goes with the process. */
  constructor(
    settings: QueueSettings,
    clock: Clock,
    deadLetters: (queueArn: string, message: unknown) => void,
    path?: string,
  ) {
    this.settings = settings;
    this.#clock = clock;
    this.#deadLetters = deadLetters;
    const isKept = path !== undefined && !settings.isForOperator;
    this.#file = isKept ? new QueueFile(path) : undefined;
    for (const message of this.#file?.messages ?? []) {
      this.#messages.set(message.messageId, { ...message });
      this.#announce(message.visibleAtMs - clock.nowMs());
    }
  }

  /** Messages that are neither deleted nor given up, hidden ones included. */
  get size(): number {
    return this.#messages.size;
  }

  /** What the metrics of a queue are made of; the oldest message counts though it is hidden. */
  sample(): QueueSample {
    const now = this.#clock.nowMs();
    const all = [...this.#messages.values()];
    return {
      queueArn: this.settings.arn,
      visible: all.filter(({ visibleAtMs }) => visibleAtMs <= now).length,
      oldestAgeMs: Math.max(0, ...all.map(({ sentAtMs }) => now - sentAtMs)),
    };
  }

  send(body: string, delayMs: number): string {
    const messageId = randomUUID();
    if (this.settings.isForOperator) {
      this.#deadLetters(this.settings.arn, contentOf(body));
      return messageId;
    }
    const sentAtMs = this.#clock.nowMs();
    const visibleAtMs = sentAtMs + delayMs;
    const message = { messageId, body, receives: 0, sentAtMs, visibleAtMs };
    this.#messages.set(messageId, message);
    this.#file?.note(message);
    this.#announce(delayMs);
    return messageId;
  }

  /** Hides what it answers. What was received too often goes to the dead letters instead. */
  receive(limit: number): Message[] {
    const now = this.#clock.nowMs();
    const received: Message[] = [];
    for (const message of this.#messages.values()) {
      if (received.length === limit) break;
      if (message.visibleAtMs > now || this.#gaveUp(message)) continue;
      message.receives++;
      this.#hide(message.messageId, this.settings.visibilityTimeoutMs);
      received.push({ ...message });
    }
    return received;
  }

  /** Hides a message that was received for another while, from now on. False when it is not there. */
  changeVisibility(messageId: string, ms: number): boolean {
    if (!this.#messages.has(messageId)) return false;
    this.#hide(messageId, ms);
    return true;
  }

  delete(messageId: string): void {
    if (!this.#messages.delete(messageId)) return;
    if (this.size === 0) this.#file?.clear();
    else this.#file?.note({ messageId, isDeleted: true });
  }

  /** What changes from then on is not kept: what a function still works at is received again. */
  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  #gaveUp({ messageId, body, receives }: StoredMessage): boolean {
    const { redrive } = this.settings;
    if (redrive === undefined || receives < redrive.maxReceives) return false;
    this.#deadLetters(redrive.deadLetterArn, contentOf(body));
    this.delete(messageId);
    return true;
  }

  #hide(messageId: string, ms: number): void {
    const message = this.#messages.get(messageId);
    if (message) {
      message.visibleAtMs = this.#clock.nowMs() + ms;
      const { receives, visibleAtMs } = message;
      this.#file?.note({ messageId, receives, visibleAtMs });
    }
    this.#announce(ms);
  }

  #announce(ms: number): void {
    if (ms > 0) this.#clock.after(ms, () => this.onVisible());
    else this.onVisible();
  }
}

/** Of JSON what it says, as Lambda's own letters are kept. */
function contentOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
