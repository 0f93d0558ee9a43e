import type { Message } from '@seenby/protocol/entities.ts';
import type { Session } from '../session/session.ts';
import type {
  FailedMessage,
  PendingMessage,
  SendOptions,
  SendOutcome,
} from '../timeline/messages.ts';
import type { Off } from '../transport/emitter.ts';
import { isPassing, type SeenbyError, toSeenbyError } from '../transport/seenby-error.ts';

interface Entry {
  message: PendingMessage | FailedMessage;
  attempts: number;
  finish: (outcome: SendOutcome) => void;
}

const maxAttempts = 8;
const retryMs = 1000;

/**
 * Messages on their way to a group: shown at once, sent one after the other so that they keep their
 * order, and again after every interruption. The id of the client makes one message of all attempts.
 */
export class Outbox {
  readonly #session: Session;
  readonly #groupId: string;
  readonly #changed: () => void;
  #entries: readonly Entry[] = [];
  #isSending = false;
  #cancelRetry: Off | undefined;

  constructor(session: Session, groupId: string, changed: () => void) {
    this.#session = session;
    this.#groupId = groupId;
    this.#changed = changed;
  }

  get messages(): readonly (PendingMessage | FailedMessage)[] {
    return this.#entries.map(({ message }) => message);
  }

  /** Resolves once the message is stored, refused for good, or discarded, or the client is closed. */
  send(
    content: string,
    { messageType = 'text', mentions }: SendOptions = {},
  ): Promise<SendOutcome> {
    const { environment, userId, http } = this.#session;
    if (http.closed) return Promise.resolve({ outcome: 'failed', error: http.closed });
    const message: PendingMessage = {
      groupId: this.#groupId,
      clientMessageId: environment.newId(),
      senderId: userId,
      messageType,
      content,
      createdAt: environment.date(),
      state: 'pending',
      ...(mentions && { mentions }),
    };
    return new Promise((finish) => {
      this.#put([...this.#entries, { message, attempts: 0, finish }]);
      void this.#sendNext();
    });
  }

  /** Tries a failed message again; false when there is no such message. */
  retry(clientMessageId: string): boolean {
    const entry = this.#find(clientMessageId);
    if (entry?.message.state !== 'failed') return false;
    const { error: _past, ...message } = entry.message;
    this.#put([
      ...this.#without(entry),
      { ...entry, attempts: 0, message: { ...message, state: 'pending' } },
    ]);
    void this.#sendNext();
    return true;
  }

  /** Gives a failed message up; false when there is no such message. */
  discard(clientMessageId: string): boolean {
    const entry = this.#find(clientMessageId);
    if (entry?.message.state !== 'failed') return false;
    this.#put(this.#without(entry));
    entry.finish({ outcome: 'discarded' });
    return true;
  }

  /** The service has the message, by whichever frame it said so. */
  settle(message: Message): void {
    const entry = this.#find(message.clientMessageId);
    if (!entry) return;
    this.#put(this.#without(entry));
    entry.finish({ outcome: 'sent', message });
  }

  /** Who waits for a message is told; it stays for the next connection. */
  close(error: SeenbyError): void {
    for (const { finish } of this.#entries) finish({ outcome: 'failed', error });
  }

  resume(): void {
    void this.#sendNext();
  }

  stop(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
  }

  async #sendNext(): Promise<void> {
    const entry = this.#entries.find(({ message }) => message.state === 'pending');
    if (!entry || this.#isSending || this.#cancelRetry || !this.#session.isConnected) return;
    const { state: _state, senderId: _sender, createdAt: _at, ...fields } = entry.message;
    this.#isSending = true;
    try {
      const reply = await this.#session.request({ type: 'send_message', ...fields });
      if (reply.type === 'message_sent') this.settle(reply.message);
    } catch (cause) {
      this.#fail(entry, toSeenbyError(cause));
    } finally {
      this.#isSending = false;
    }
    void this.#sendNext();
  }

  #fail(entry: Entry, error: SeenbyError): void {
    // Without a connection the next one resumes, and the attempt does not count.
    if (!this.#session.isConnected || error.code === 'OFFLINE') return;
    const attempts = entry.attempts + 1;
    if (isPassing(error) && attempts < maxAttempts) {
      this.#replace(entry, { ...entry, attempts });
      this.#retryIn(error.retryAfterMs ?? retryMs * attempts);
      return;
    }
    const message: FailedMessage = { ...entry.message, state: 'failed', error };
    this.#replace(entry, { ...entry, message });
    entry.finish({ outcome: 'failed', error });
  }

  #retryIn(delayMs: number): void {
    this.#cancelRetry = this.#session.environment.after(delayMs, () => {
      this.#cancelRetry = undefined;
      void this.#sendNext();
    });
  }

  #find(clientMessageId: string): Entry | undefined {
    return this.#entries.find(({ message }) => message.clientMessageId === clientMessageId);
  }

  #without(entry: Entry): readonly Entry[] {
    return this.#entries.filter((each) => each !== entry);
  }

  #replace(entry: Entry, by: Entry): void {
    this.#put(this.#entries.map((each) => (each === entry ? by : each)));
  }

  #put(entries: readonly Entry[]): void {
    this.#entries = entries;
    this.#changed();
  }
}
