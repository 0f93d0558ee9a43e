import type { ClientFrame } from '@seenby/protocol/client-frames.ts';
import type { ReceivedFrame } from '../transport/websocket-transport.ts';
import type { PendingReceipts, SingleRead } from './pending-receipts.ts';
import { type ReceiptContext, sendReceipts } from './send-receipts.ts';
import { Throttle } from './throttle.ts';

/** A read goes out at once, then one a second at most: reading ahead costs one frame, not ten. */
const intervalMs = 1000;
const maxIdsPerFrame = 100;

/** What is left of these once the service has answered: nothing, whatever it said. */
type Settle = (receipts: Partial<PendingReceipts>, reply?: ReceivedFrame) => void;

/** Sends the pending reads of a group until they are confirmed. */
export class ReadSender {
  readonly #context: ReceiptContext;
  readonly #settle: Settle;
  readonly #throttle: Throttle;
  #sending: Promise<unknown> = Promise.resolve();

  constructor(context: ReceiptContext, settle: Settle) {
    const { environment } = context.session;
    this.#context = context;
    this.#settle = settle;
    this.#throttle = new Throttle({
      environment,
      intervalMs,
      gatherMs: () => 0,
      run: () => this.send(),
    });
  }

  get pending(): PendingReceipts {
    const { session, groupId } = this.#context;
    return session.pendingReceipts.of(groupId);
  }

  /** Sends them soon. */
  request(): void {
    this.#throttle.request();
  }

  /** Sends them, one frame at a time: they must not overtake each other. */
  send(): Promise<number | undefined> {
    const sent = this.#sending.then(() => this.#sendPending());
    this.#sending = sent;
    return sent;
  }

  stop(): void {
    this.#throttle.cancel();
  }

  async #sendPending(): Promise<number | undefined> {
    const { readUpTo, single } = this.pending;
    if (readUpTo > 0) {
      const { groupId } = this.#context;
      const frame = { type: 'mark_read', groupId, upTo: readUpTo } as const;
      const waitMs = await this.#send(frame, { readUpTo });
      if (waitMs !== undefined) return waitMs;
    }
    return this.#sendSingle(single);
  }

  async #sendSingle(pending: readonly SingleRead[]): Promise<number | undefined> {
    const single = pending.slice(0, maxIdsPerFrame);
    if (single.length === 0) return undefined;
    const messageIds = single.map(({ messageId }) => messageId);
    const waitMs = await this.#send({ type: 'mark_read', messageIds }, { single });
    return waitMs ?? (pending.length > single.length ? intervalMs : undefined);
  }

  #send(
    frame: ClientFrame<'mark_read'>,
    receipts: Partial<PendingReceipts>,
  ): Promise<number | undefined> {
    return sendReceipts(this.#context, frame, (reply) => this.#settle(receipts, reply));
  }
}
