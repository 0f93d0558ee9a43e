import type { MessageTimeline } from '../timeline/message-timeline.ts';
import { type ReceiptContext, sendReceipts } from './send-receipts.ts';
import { Throttle } from './throttle.ts';

const gatherMs = 1000;
/** Tabs wait for different times, so that one of them acknowledges for all. */
const spreadMs = 250;

export interface DeliveryTrackerOptions extends ReceiptContext {
  timeline: Pick<MessageTimeline, 'loaded' | 'noteRemovals'>;
  /** Whether anybody is told what has been delivered. */
  tracksDelivery: () => boolean;
}

/** Tells the senders of a group what has arrived here, once for many messages. */
export class DeliveryTracker {
  readonly #options: DeliveryTrackerOptions;
  readonly #throttle: Throttle;
  #acknowledgedUpTo = 0;

  constructor(options: DeliveryTrackerOptions) {
    const { environment } = options.session;
    this.#options = options;
    this.#throttle = new Throttle({
      environment,
      intervalMs: gatherMs,
      gatherMs: () => gatherMs + environment.random() * spreadMs,
      run: () => this.#send(),
    });
  }

  /** Acknowledges what has arrived, as far as there is no gap. What is read needs no more. */
  acknowledge(readSeq: number): void {
    const { session, groupId, timeline, tracksDelivery } = this.#options;
    const { loaded } = timeline;
    if (!tracksDelivery()) return;
    const above = Math.max(this.#acknowledgedUpTo, readSeq);
    const arrived = loaded.between(above + 1, loaded.gaplessUpTo(loaded.lastSeq, above));
    const newest = arrived.findLast(({ senderId }) => senderId !== session.userId);
    if (!newest) return;
    session.pendingReceipts.add(groupId, { deliveredUpTo: newest.seq });
    if (session.isConnected) this.#throttle.request();
  }

  /** Another tab acknowledges up to here. */
  takeFromTab(deliveredUpTo: number): void {
    const { session, groupId } = this.#options;
    this.#acknowledgedUpTo = Math.max(this.#acknowledgedUpTo, deliveredUpTo);
    session.pendingReceipts.settle(groupId, { deliveredUpTo });
  }

  /** There is a connection again. */
  resume(): void {
    if (this.#pending > 0) this.#throttle.request();
  }

  stop(): void {
    this.#throttle.cancel();
  }

  get #pending(): number {
    const { session, groupId } = this.#options;
    return session.pendingReceipts.of(groupId).deliveredUpTo;
  }

  async #send(): Promise<number | undefined> {
    const { session, groupId } = this.#options;
    const deliveredUpTo = this.#pending;
    if (!session.isConnected || deliveredUpTo === 0) return undefined;
    session.sendToTabs({ kind: 'marked', groupId, receipts: { deliveredUpTo } });
    this.#acknowledgedUpTo = Math.max(this.#acknowledgedUpTo, deliveredUpTo);
    const frame = { type: 'mark_delivered', groupId, upTo: deliveredUpTo } as const;
    return sendReceipts(this.#options, frame, () => {
      session.pendingReceipts.settle(groupId, { deliveredUpTo });
      this.#options.changed();
    });
  }
}
