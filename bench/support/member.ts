import { type Frame, type Request, WireClient } from '../../test/support/wire/wire-client.ts';
import { ReceiptView } from '../reports/receipt-view.ts';

/** What a client showed of one message, when. Times are of `performance.now()`. */
export class Watch {
  readonly seq: number;
  readonly steps: { atMs: number; readCount: number }[] = [];
  readonly receiptAtMs = new Map<string, number>();
  /** Resolves when it first shows that the whole group has read. */
  readonly complete: Promise<void>;
  readonly #members: number;
  #resolve: () => void = () => {};

  constructor(seq: number, members: number) {
    this.seq = seq;
    this.#members = members;
    this.complete = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  note(frame: Frame & { type: 'read_status_update' }, view: ReceiptView, atMs: number): void {
    for (const { userId } of frame.receipts ?? []) {
      if (!this.receiptAtMs.has(userId) && view.hasReceipt(this.seq, userId)) {
        this.receiptAtMs.set(userId, atMs);
      }
    }
    const readCount = view.readCount(this.seq);
    this.steps.push({ atMs, readCount });
    if (readCount >= this.#members) this.#resolve();
  }
}

/** One member of the group, with a connection and a screen. */
export class Member {
  readonly userId: string;
  readonly view = new ReceiptView();
  watch: Watch | undefined;
  /** Frames received, by type. */
  received: Record<string, number> = {};
  #client: WireClient | undefined;
  #lastSeq = 0;
  #onMessage: () => void = () => {};
  /** Whether the service, or the machine, ended its connection. */
  isCutOff = false;

  constructor(userId: string) {
    this.userId = userId;
  }

  async open(wsUrl: string, token: string, groupId: string): Promise<void> {
    this.#client = await WireClient.open(wsUrl, token, (frame) => this.#receive(frame));
    const client = this.#client;
    void client.closed.then(() => {
      this.isCutOff = this.#client === client;
    });
    await this.ask({ type: 'hello' });
    await this.ask({ type: 'subscribe_group', groupId });
  }

  /** Throws when the answer is an error, or none. */
  async ask(frame: Request): Promise<Frame> {
    const reply = await this.#connected().reply(frame);
    if (reply === 'lost' || reply.type === 'error' || reply.type === 'subscription_error') {
      const text = JSON.stringify(reply);
      throw new Error(`${frame.type} of ${this.userId} was answered with ${text}`);
    }
    return reply;
  }

  /** Resolves when the message has been pushed to it. */
  async hears(seq: number): Promise<void> {
    while (this.#lastSeq < seq) {
      await new Promise<void>((resolve) => {
        this.#onMessage = resolve;
      });
    }
  }

  sentFrames(): number {
    return this.#connected().requests;
  }

  caughtUp(): Promise<void> {
    return this.#connected().caughtUp();
  }

  close(): void {
    const client = this.#client;
    this.#client = undefined;
    client?.vanish();
  }

  #connected(): WireClient {
    if (!this.#client) throw new Error(`${this.userId} is not connected`);
    return this.#client;
  }

  #receive(frame: Frame): void {
    this.received[frame.type] = (this.received[frame.type] ?? 0) + 1;
    if (frame.type === 'new_message') {
      this.#lastSeq = Math.max(this.#lastSeq, frame.message.seq);
      this.#onMessage();
    } else if (frame.type === 'read_status_update') {
      this.view.apply(frame);
      this.watch?.note(frame, this.view, performance.now());
    }
  }
}
