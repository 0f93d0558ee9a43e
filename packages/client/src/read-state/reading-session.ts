import type { Session } from '../session/session.ts';
import type { OwnStatus } from './own-state.ts';
import type { PendingReceipts } from './pending-receipts.ts';
import type { PendingReceiptsStore } from './pending-receipts-store.ts';

/** What the tabs of a user tell each other about what is read in them. */
export type ReadStateMessage =
  /** One tab sends these, and the others do not show them as unread. */
  | { kind: 'marked'; groupId: string; receipts: Partial<PendingReceipts> }
  | { kind: 'markedUnread'; groupId: string; fromSeq: number; status: OwnStatus }
  /** What the service said to one tab holds for all: the others do not send these again. */
  | {
      kind: 'confirmed';
      groupId: string;
      receipts: Partial<PendingReceipts>;
      status?: OwnStatus;
    };

/** What reading needs of the client besides. */
export interface ReadingSession extends Session {
  readonly pendingReceipts: PendingReceiptsStore;
  /** Unread messages over all groups. */
  readonly totalUnread: number;
  sendToTabs(message: ReadStateMessage): void;
  /**
   * What is shown of a group may not be the truth: the service is asked soon, unless that has become clear
   * by then, or in any case.
   */
  doubt(groupId: string, delayMs?: number, inAnyCase?: boolean): void;
}
