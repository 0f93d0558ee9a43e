import type { PendingReceipts } from '../pending/pending.ts';
import type { DiscardedMessage, SendingSession } from '../pending/sending-session.ts';
import type { OwnStatus } from './own-state.ts';

/** What the tabs of a user tell each other of a group. */
export type GroupTabMessage =
  /** One tab sends these, and the others do not show them as unread. */
  | { kind: 'marked'; groupId: string; receipts: Partial<PendingReceipts> }
  | { kind: 'markedUnread'; groupId: string; fromSeq: number; status: OwnStatus }
  /** What the service said to one tab holds for all: the others do not send these again. */
  | {
      kind: 'confirmed';
      groupId: string;
      receipts: Partial<PendingReceipts>;
      status?: OwnStatus | undefined;
    }
  | DiscardedMessage;

/** What reading needs of the client besides. */
export interface ReadingSession extends SendingSession {
  /** Unread messages over all groups. */
  readonly totalUnread: number;
  sendToTabs(message: GroupTabMessage): void;
  /**
   * What is shown of a group may not be the truth: the service is asked soon, unless that has become clear
   * by then, or in any case.
   */
  doubt(groupId: string, delayMs?: number, inAnyCase?: boolean): void;
}
