import type { ShownMessage } from '../../timeline/messages.ts';
import { setAttributes } from '../base/dom.ts';
import { MessageElement } from '../base/message-element.ts';
import type { Texts } from '../text/texts.ts';
import { tickCss, tickIcon } from './tick-icon.ts';

export type TickStatus = 'pending' | 'failed' | 'sent' | 'delivered' | 'read';

/**
 * `<seenby-ticks>`: how far a message has come. A clock, ✓, ✓✓, coloured ✓✓; or that it failed. Without
 * `seq` the message is on its way.
 */
export class SeenbyTicks extends MessageElement {
  readonly #icon = tickIcon();

  constructor() {
    super();
    this.root.append(this.#icon);
  }

  /** Whether the service refused the message. */
  get failed(): boolean {
    return this.hasAttribute('failed');
  }

  set failed(failed: boolean) {
    this.toggleAttribute('failed', failed === true);
  }

  /** Sets `seq` and `failed` as they are of a message of the group. */
  set message(message: ShownMessage | undefined) {
    if (!message) return;
    this.seq = message.state === 'sent' ? message.seq : undefined;
    this.failed = message.state === 'failed';
  }

  get status(): TickStatus {
    const { seq } = this;
    if (this.failed) return 'failed';
    if (seq === undefined) return 'pending';
    return this.group?.getReceipt(seq)?.status ?? 'sent';
  }

  protected styles(): string {
    return tickCss;
  }

  protected render(texts: Texts): void {
    const { status } = this;
    setAttributes(this, { status });
    setAttributes(this.#icon, { 'aria-label': labelOf(status, texts) });
  }
}

function labelOf(status: TickStatus, texts: Texts): string {
  switch (status) {
    case 'pending':
      return texts.tickPending;
    case 'failed':
      return texts.tickFailed;
    case 'sent':
      return texts.tickSent;
    case 'delivered':
      return texts.tickDelivered;
    case 'read':
      return texts.tickRead;
  }
}
