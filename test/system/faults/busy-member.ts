import type { GroupStatus, Message } from '@seenby/protocol/entities.ts';
import { fetchToken } from '../../support/wire/http.ts';
import { type Frame, WireClient } from '../../support/wire/wire-client.ts';

/** A message someone tried to send; `message` once the service said that it is stored. */
export interface Attempt {
  userId: string;
  clientMessageId: string;
  content: string;
  message?: Message;
}

export interface CloudUrls {
  httpUrl: string;
  wsUrl: string;
}

/** A client that keeps an account of everything the service has acknowledged. */
export class BusyMember {
  readonly userId: string;
  readonly attempts: Attempt[] = [];
  /** The highest position that was confirmed. */
  confirmedSeq = 0;
  /** Anything the service answered that it should not have. */
  readonly surprises: unknown[] = [];
  readonly #groupId: string;
  readonly #random: () => number;
  #client: WireClient | undefined;
  #lastSeq = 0;

  constructor(userId: string, groupId: string, random: () => number) {
    this.userId = userId;
    this.#groupId = groupId;
    this.#random = random;
  }

  /** Connects and answers how the group stands for the member. */
  async connect({ httpUrl, wsUrl }: CloudUrls): Promise<GroupStatus> {
    const token = await fetchToken(httpUrl, this.userId);
    this.#client = await WireClient.open(wsUrl, token, (frame) => {
      if (frame.type === 'new_message') this.#noteSeq(frame.message.seq);
    });
    const hello = await this.#client.reply({ type: 'hello' });
    if (hello === 'lost' || hello.type !== 'connection_established' || !hello.groups[0]) {
      throw new Error(`hello was answered with ${JSON.stringify(hello)}`);
    }
    this.#noteSeq(hello.groups[0].lastSeq);
    return hello.groups[0];
  }

  /** Sends and reads until the connection is lost, and tells of everything acknowledged. */
  async work(acknowledged: () => void): Promise<void> {
    for (;;) {
      const outcome = this.#random() < 0.5 ? await this.sendNew() : await this.#read();
      if (outcome === 'lost') return;
      acknowledged();
    }
  }

  sendNew(): Promise<'done' | 'lost'> {
    const clientMessageId = `message-${this.attempts.length}`;
    const content = `${clientMessageId} of ${this.userId}`;
    const attempt = { userId: this.userId, clientMessageId, content };
    this.attempts.push(attempt);
    return this.send(attempt);
  }

  /** For the first time or again: the service takes it for the same message. */
  async send(attempt: Attempt): Promise<'done' | 'lost'> {
    const { clientMessageId, content } = attempt;
    const frame = {
      type: 'send_message',
      groupId: this.#groupId,
      clientMessageId,
      content,
    } as const;
    const reply = await this.#ask(frame);
    if (reply === 'lost') return 'lost';
    if (reply.type !== 'message_sent') this.surprises.push(reply);
    else {
      if (attempt.message && attempt.message.messageId !== reply.message.messageId) {
        this.surprises.push({ first: attempt.message, again: reply.message });
      }
      attempt.message = reply.message;
      this.#noteSeq(reply.message.seq);
    }
    return 'done';
  }

  async #read(): Promise<'done' | 'lost'> {
    if (this.#lastSeq === 0) return this.sendNew();
    const upTo = this.#lastSeq;
    const reply = await this.#ask({ type: 'mark_read', groupId: this.#groupId, upTo });
    if (reply === 'lost') return 'lost';
    if (reply.type !== 'mark_read_confirmed' || reply.readSeq < upTo) this.surprises.push(reply);
    else this.confirmedSeq = Math.max(this.confirmedSeq, reply.readSeq);
    return 'done';
  }

  close(): void {
    this.#client?.vanish();
  }

  async #ask(frame: Parameters<WireClient['reply']>[0]): Promise<Frame | 'lost'> {
    return this.#client ? this.#client.reply(frame) : 'lost';
  }

  #noteSeq(seq: number): void {
    this.#lastSeq = Math.max(this.#lastSeq, seq);
  }
}
