import type { Receipt, ReceiptPage } from '@seenby/protocol/entities.ts';
import type { ReceiptCounts } from '../../receipts/receipt-tracker.ts';
import { queryOf } from '../../transport/http.ts';
import type { ReceivedFrame } from '../../transport/websocket-transport.ts';
import { askOf } from '../ask.ts';
import type { LiveGroup } from '../live-group.ts';
import type { LiveState } from '../live-store.ts';
import type { PageQuery } from '../page-query.ts';
import type { Reader, Readers } from '../readers.ts';
import {
  type Asking,
  ConfirmedVersion,
  fetchPages,
  type LiveContent,
  sameLine,
} from './live-content.ts';
import { countReaders, hasIt, hasRead, sortReaders } from './sort-readers.ts';

/** Who has read a message. Receipts that come with names change it; counts say when it has to be asked for. */
export class ReadersContent implements LiveContent<Readers> {
  readonly #group: LiveGroup;
  readonly #seq: number;
  readonly #asking: Asking;
  #lines = new Map<string, Reader>();
  #page: ReceiptPage | undefined;
  /** The newest counts that the lines were compared with, or asked for at the time of. */
  #compared: ReceiptCounts | undefined;
  #isRecalled = false;
  readonly #version = new ConfirmedVersion();

  constructor(group: LiveGroup, seq: number, asking: Asking) {
    this.#group = group;
    this.#seq = seq;
    this.#asking = asking;
  }

  get viewed(): unknown {
    // Each time that the service says so the group is lost once more.
    return this.#group.isRemoved || this.#group.parts.receipts.round;
  }

  get size(): number {
    return this.#lines.size;
  }

  async fetch(isWanted: () => boolean): Promise<void> {
    const before = this.#lines;
    const lines = new Map<string, Reader>();
    this.#compared = this.#group.getReceipt(this.#seq);
    if (!this.#asking.isLoaded) this.#lines = lines;
    const take = (page: ReceiptPage) => {
      for (const line of page.members) {
        lines.set(line.userId, sameLine(before.get(line.userId), line));
      }
      this.#page = page;
      if (this.#lines === lines) this.#asking.changed();
    };
    const ask = (page: PageQuery) =>
      askOf<ReceiptPage>(this.#group, 'GET', `/messages/${this.#seq}/receipts${queryOf(page)}`);
    await fetchPages(ask, take, isWanted);
    if (isWanted()) this.#lines = lines;
  }

  hear(frame: ReceivedFrame): void {
    if (frame.type === 'read_status_update') {
      for (const receipt of frame.receipts ?? []) this.#take(receipt);
    } else if (frame.type === 'new_message' || frame.type === 'message_sent') {
      // It was not there yet when it was asked for.
      if (frame.message.seq === this.#seq && !this.#asking.isLoaded) this.#asking.again();
    }
    // Who is in the group now, and what they are called, only the service can say.
    const isOther = frame.type === 'member_changed' || frame.type === 'group_changed';
    if (isOther || this.#version.hasMoved(frame)) this.#asking.againSoon();
  }

  look(): void {
    const isRecalled = this.#group.parts.timeline.loaded.isRecalled(this.#seq);
    if (isRecalled !== this.#isRecalled) {
      this.#isRecalled = isRecalled;
      this.#asking.changed();
    }
    const counts = this.#group.getReceipt(this.#seq);
    if (!this.#asking.isLoaded || !counts || counts === this.#compared) return;
    this.#compared = counts;
    if (this.#lacks(counts)) this.#asking.againSoon();
  }

  forget(): void {
    this.#lines = new Map();
    this.#page = undefined;
  }

  show(state: LiveState): Readers {
    return {
      ...state,
      seq: this.#seq,
      ...sortReaders([...this.#lines.values()], this.#isRecalled),
      // Of a list that is not complete the service has told how long it is.
      ...(!this.#asking.isLoaded && this.#page && { others: countReaders(this.#page) }),
    };
  }

  #take({ userId, kind, fromSeq, toSeq, at }: Receipt): void {
    if (this.#seq < fromSeq || this.#seq > toSeq) return;
    const before = this.#lines.get(userId);
    if (!before) this.#asking.againSoon();
    const line = before ?? { userId, deliveredAt: null, readAt: null };
    const isRead = kind !== 'delivered';
    const next = {
      ...line,
      deliveredAt: earliest(line.deliveredAt, at),
      ...(isRead && { readAt: earliest(line.readAt, at) }),
      ...(kind === 'played' && { playedAt: earliest(line.playedAt ?? null, at) }),
    };
    if (sameLine(before, next) === before) return;
    this.#lines.set(userId, next);
    this.#asking.changed();
  }

  /** Reads and deliveries only grow: where fewer are counted than are listed, the list is the newer one. */
  #lacks({ read, delivered, total }: ReceiptCounts): boolean {
    const lines = [...this.#lines.values()];
    return (
      read > lines.filter(hasRead).length ||
      delivered > lines.filter(hasIt).length ||
      total !== lines.length
    );
  }
}

const earliest = (known: number | null, at: number): number => Math.min(known ?? at, at);
