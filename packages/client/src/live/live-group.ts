import type { GroupStatus } from '@seenby/protocol/entities.ts';
import type { ReceiptCounts } from '../receipts/receipt-tracker.ts';
import type { Receipts } from '../receipts/receipts.ts';
import type { Session } from '../session/session.ts';
import type { MessageTimeline } from '../timeline/message-timeline.ts';
import type { Off } from '../transport/emitter.ts';

/** What live stores need of the group that they belong to. */
export interface LiveGroup {
  readonly groupId: string;
  readonly status: GroupStatus | undefined;
  readonly isRemoved: boolean;
  readonly readSeq: number;
  readonly parts: {
    readonly session: Session & Doubtful;
    readonly timeline: Pick<MessageTimeline, 'loaded'>;
    readonly receipts: Pick<Receipts, 'round'>;
  };
  getReceipt(seq: number): ReceiptCounts | undefined;
  /** Calls back after anything of the group has changed. */
  subscribeState(listener: () => void): Off;
}

interface Doubtful {
  /** Asks the service soon how the user stands in a group. */
  doubt(groupId: string, delayMs?: number, inAnyCase?: boolean): void;
}
