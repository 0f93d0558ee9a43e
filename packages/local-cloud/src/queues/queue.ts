import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';

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

export interface Message {
  messageId: string;
  body: string;
  receives: number;
  sentAtMs: number;
}

interface Stored extends Message {
  visibleAtMs: number;
}

/** A standard queue of SQS: a message that is received is hidden for a while, until it is deleted. */
export class Queue {
  readonly settings: QueueSettings;
  /** Told whenever a message may have become visible. */
  onVisible: () => void = () => {};
  readonly #clock: Clock;
  readonly #deadLetters: (queueArn: string, message: unknown) => void;
  readonly #messages = new Map<string, Stored>();

  constructor(
    settings: QueueSettings,
    clock: Clock,
    deadLetters: (queueArn: string, message: unknown) => void,
  ) {
    this.settings = settings;
    this.#clock = clock;
    this.#deadLetters = deadLetters;
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
    this.#messages.set(messageId, { messageId, body, receives: 0, sentAtMs, visibleAtMs: 0 });
    this.#hide(messageId, delayMs);
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
    this.#messages.delete(messageId);
  }

  #gaveUp({ messageId, body, receives }: Stored): boolean {
    const { redrive } = this.settings;
    if (redrive === undefined || receives < redrive.maxReceives) return false;
    this.#messages.delete(messageId);
    this.#deadLetters(redrive.deadLetterArn, contentOf(body));
    return true;
  }

  #hide(messageId: string, ms: number): void {
    const message = this.#messages.get(messageId);
    if (message) message.visibleAtMs = this.#clock.nowMs() + ms;
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
