import { difference, emptySet, type RangeSet, union } from '@seenby/core/ranges/range-set.ts';
import { toMessageId } from '@seenby/protocol/ids/message-id.ts';
import { Throttle } from '../transport/throttle.ts';
import type { Deliveries, ReadingSession } from './reading-session.ts';

/** Clients acknowledge a message in different seconds, and what arrives meanwhile by the same frame. */
const gatherMs = 1000;
const spreadMs = 4000;
const maxMessages = 100;
/** A frame that was sent longer ago has arrived, or is lost with its connection. */
const onItsWayMs = 10_000;

/**
 * Acknowledges what has arrived in all groups, without a reply. A frame may be lost, or fail unheard: what no
 * read has covered by the next connection or heartbeat is told again by its group, and confirmed.
 */
export class DeliverySender implements Deliveries {
  readonly #session: ReadingSession;
  readonly #throttle: Throttle;
  /** From here or by another tab. */
  readonly #told = new Map<string, RangeSet>();
  #sentAt = 0;

  constructor(session: ReadingSession) {
    const { host } = session;
    this.#session = session;
    this.#throttle = new Throttle({
      host,
      gatherMs: () => gatherMs + spreadMs * host.random(),
      run: () => this.#send(),
    });
  }

  untold(groupId: string): RangeSet {
    return difference(
      this.#session.pending.of(groupId).delivered,
      this.#told.get(groupId) ?? emptySet,
    );
  }

  request(): void {
    this.#throttle.request();
  }

  note(groupId: string, delivered: RangeSet): void {
    this.#told.set(groupId, union(this.#told.get(groupId) ?? emptySet, delivered));
  }

  forget(): void {
    this.#told.clear();
  }

  forgetNewest(): void {
    if (this.#session.host.now() - this.#sentAt < onItsWayMs) this.forget();
  }

  stop(): void {
    this.#throttle.cancel();
  }

  async #send(): Promise<undefined> {
    const { host, pending, isConnected, send, sendToTabs, changed } = this.#session;
    if (!isConnected) return;
    const ids: string[] = [];
    for (const groupId of pending.groupIds) {
      const delivered = this.untold(groupId);
      if (delivered.length > 0) sendToTabs({ kind: 'marked', groupId, receipts: { delivered } });
      this.note(groupId, delivered);
      for (const { from, to } of delivered) {
        for (let seq = from; seq <= to; seq++) ids.push(toMessageId({ groupId, seq }));
      }
    }
    while (ids.length > 0) {
      const messageIds = ids.splice(0, maxMessages);
      // An error without an id would be about this connection.
      send({ type: 'mark_delivered', requestId: 'delivered', confirm: false, messageIds });
    }
    this.#sentAt = host.now();
    changed();
  }
}
