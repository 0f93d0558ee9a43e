import type { Range, RangeSet } from '@seenby/core/ranges/range-set.ts';
import type { OwnState } from '@seenby/protocol/entities.ts';
import type { PendingReceipts } from '../pending/pending.ts';
import { pauseAfter, toSeenbyError } from '../transport/seenby-error.ts';
import { Throttle } from '../transport/throttle.ts';
import type { ReadingSession } from './reading-session.ts';

const intervalMs = 1000;
const maxRanges = 50;

export interface ReceiptContext {
  session: ReadingSession;
  groupId: string;
  changed: () => void;
}

export interface ReceiptSenderOptions extends ReceiptContext {
  kind: keyof PendingReceipts;
}

/** The service has these; or it will never take them, and says no status. */
type Confirmed = (receipts: Partial<PendingReceipts>, status?: OwnState) => void;

/** Sends what is pending of one kind in a group until it is confirmed: a frame a second at most. */
export class ReceiptSender {
  readonly #options: ReceiptSenderOptions;
  readonly #confirmed: Confirmed;
  readonly #throttle: Throttle;
  #sending: Promise<unknown> = Promise.resolve();

  constructor(options: ReceiptSenderOptions, confirmed: Confirmed) {
    this.#options = options;
    this.#confirmed = confirmed;
    const { host } = options.session;
    this.#throttle = new Throttle({ host, intervalMs, run: () => this.send() });
  }

  /** Sends them soon, if there is a connection: the next one asks again. */
  request(): void {
    if (this.#options.session.isConnected && this.#pending.length > 0) this.#throttle.request();
  }

  /** Sends them, one frame at a time: they must not overtake each other. */
  send(): Promise<number | undefined> {
    const sent = this.#sending.then(() => this.#send());
    this.#sending = sent;
    return sent;
  }

  stop(): void {
    this.#throttle.cancel();
  }

  get #pending(): RangeSet {
    const { session, groupId, kind } = this.#options;
    return session.pending.of(groupId)[kind];
  }

  /** Answers how long the next attempt has to wait, if there is to be one. */
  async #send(): Promise<number | undefined> {
    const { session, groupId, kind } = this.#options;
    const pending = this.#pending;
    const sent = pending.slice(0, maxRanges);
    if (!session.isConnected || sent.length === 0) return undefined;
    const receipts = { [kind]: sent };
    session.sendToTabs({ kind: 'marked', groupId, receipts });
    try {
      const frame = { type: `mark_${kind}`, groupId, ...targetOf(sent) } as const;
      const reply = await session.request(frame);
      this.#confirmed(receipts, reply.type === 'mark_read_confirmed' ? reply : undefined);
    } catch (cause) {
      const error = toSeenbyError(cause);
      // The next connection resumes by itself.
      if (!session.isConnected) return undefined;
      const pauseMs = pauseAfter(error);
      if (pauseMs !== undefined) return pauseMs;
      session.emit('error', { error, groupId });
      this.#confirmed(receipts);
    }
    return pending.length > sent.length ? intervalMs : undefined;
  }
}

/** So many as one request takes. */
export const targetOf = (ranges: RangeSet) => ({
  ranges: ranges.slice(0, maxRanges).map(({ from, to }: Range) => ({ fromSeq: from, toSeq: to })),
});
