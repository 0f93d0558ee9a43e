import type { Message } from '@seenby/protocol/entities.ts';
import type { FieldsOf } from '@seenby/protocol/server-frames.ts';
import type { SendingSession } from '../pending/sending-session.ts';
import type {
  FailedMessage,
  PendingMessage,
  SendOptions,
  SendOutcome,
} from '../timeline/messages.ts';
import { pauseAfter, SeenbyError, toSeenbyError } from '../transport/seenby-error.ts';
import { Throttle } from '../transport/throttle.ts';

const maxAttempts = 8;
const retryMs = 1000;
/** Nobody expects a message of yesterday to go out by itself, and the service forgets ids in time. */
const maxAgeMs = 24 * 3_600_000;

/**
 * Messages on their way to a group: shown at once, sent one after the other so that they keep their
 * order, and again after every interruption, by another page as well. The id of the client makes one
 * message of all attempts, whichever tab makes them.
 */
export class Outbox {
  readonly #session: SendingSession;
  readonly #groupId: string;
  readonly #changed: () => void;
  readonly #throttle: Throttle;
  readonly #failed = new Map<string, FailedMessage>();
  /** Who is told what becomes of a message that was written here. */
  readonly #waiting = new Map<string, (outcome: SendOutcome) => void>();
  /** How often the message that is next has failed. */
  #failures = 0;

  constructor(session: SendingSession, groupId: string, changed: () => void) {
    const { host } = session;
    this.#session = session;
    this.#groupId = groupId;
    this.#changed = changed;
    this.#throttle = new Throttle({ host, run: () => this.#sendNext() });
  }

  get messages(): readonly (PendingMessage | FailedMessage)[] {
    const { messages } = this.#session.pending.of(this.#groupId);
    return messages.map((message) => this.#failed.get(message.clientMessageId) ?? message);
  }

  /** Resolves once the message is stored, refused for good, or discarded, or the client is closed. */
  send(
    content: string,
    { messageType = 'text', ...options }: SendOptions = {},
  ): Promise<SendOutcome> {
    const { host, userId, http } = this.#session;
    if (http.closed) return Promise.resolve({ outcome: 'failed', error: http.closed });
    const clientMessageId = host.newId();
    return new Promise((finish) => {
      this.#waiting.set(clientMessageId, finish);
      this.#add({
        ...options,
        groupId: this.#groupId,
        clientMessageId,
        senderId: userId,
        messageType,
        content,
        createdAt: host.date(),
        state: 'pending',
      });
    });
  }

  /** Tries a failed message again; false when there is no such message. */
  retry(clientMessageId: string): boolean {
    const message = this.#find(clientMessageId);
    if (message?.state !== 'failed') return false;
    const { error: _past, ...fields } = message;
    this.#failed.delete(clientMessageId);
    this.#add({ ...fields, createdAt: this.#session.host.date(), state: 'pending' });
    return true;
  }

  /** Gives a failed message up; false when there is no such message. */
  discard(clientMessageId: string): boolean {
    if (this.#find(clientMessageId)?.state !== 'failed') return false;
    this.settle(clientMessageId);
    this.#session.sendToTabs({ kind: 'discarded', groupId: this.#groupId, clientMessageId });
    return true;
  }

  /** The service has stored the message, as any frame or answer may say; or the user gave it up. */
  settle(clientMessageId: string, message?: Message): void {
    if (!this.#find(clientMessageId)) return;
    this.#session.pending.settle(this.#groupId, { messages: [{ clientMessageId }] });
    this.#failed.delete(clientMessageId);
    this.#failures = 0;
    const outcome = message
      ? ({ outcome: 'sent', message } as const)
      : ({ outcome: 'discarded' } as const);
    this.#waiting.get(clientMessageId)?.(outcome);
    this.#waiting.delete(clientMessageId);
    this.#changed();
  }

  /** Who waits for a message is told; it stays for the next connection. */
  close(error: SeenbyError): void {
    for (const finish of this.#waiting.values()) finish({ outcome: 'failed', error });
    this.#waiting.clear();
  }

  /** There is a connection, and what others left behind has been taken up. */
  resume(): void {
    this.#changed();
    this.#throttle.request();
  }

  stop(): void {
    this.#throttle.cancel();
  }

  /** Answers how long the next one has to wait, if there is to be one. */
  async #sendNext(): Promise<number | undefined> {
    const { host, isConnected } = this.#session;
    const message = isConnected && this.messages.find(({ state }) => state === 'pending');
    if (!message) return undefined;
    const { state: _state, senderId: _sender, createdAt, ...fields } = message;
    try {
      if (host.date() - createdAt > maxAgeMs) {
        throw new SeenbyError('TOO_OLD', 'Too old.');
      }
      const reply = await this.#session.request({ type: 'send_message', ...fields });
      const { message: stored } = reply as FieldsOf<'message_sent'>;
      this.settle(stored.clientMessageId, stored);
    } catch (cause) {
      return this.#fail(message, toSeenbyError(cause));
    }
    return 0;
  }

  #fail(message: PendingMessage | FailedMessage, error: SeenbyError): number | undefined {
    // Without a connection the next one resumes, and the attempt does not count.
    if (!this.#session.isConnected || error.code === 'OFFLINE') return undefined;
    this.#failures += 1;
    const pauseMs = pauseAfter(error, retryMs * this.#failures);
    if (pauseMs !== undefined && this.#failures < maxAttempts) return pauseMs;
    this.#failures = 0;
    const { clientMessageId } = message;
    this.#failed.set(clientMessageId, { ...message, state: 'failed', error });
    this.#waiting.get(clientMessageId)?.({ outcome: 'failed', error });
    this.#changed();
    return 0;
  }

  #find(clientMessageId: string): PendingMessage | FailedMessage | undefined {
    return this.messages.find((message) => message.clientMessageId === clientMessageId);
  }

  #add(message: PendingMessage): void {
    this.#session.pending.add(this.#groupId, { messages: [message] });
    this.#changed();
    this.#throttle.request();
  }
}
