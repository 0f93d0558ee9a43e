import type { RangeSet } from '@seenby/core/ranges/range-set.ts';
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

/** What has been received in all groups, and which of it the service was told, without a reply. */
export interface Deliveries {
  /** What was received in a group and told neither from here nor by another tab. */
  untold(groupId: string): RangeSet;
  /** Tells what is not told, once more of it may have come. */
  request(): void;
  /** These were told. */
  note(groupId: string, delivered: RangeSet): void;
  /** Nothing counts as told any more. */
  forget(): void;
  /** The same if something was told a moment ago: the page may be going, and with it what is on its way. */
  forgetNewest(): void;
}

/** What reading needs of the client besides. */
export interface ReadingSession extends SendingSession {
  /** Unread messages over all groups. */
  readonly totalUnread: number;
  readonly deliveries: Deliveries;
  sendToTabs(message: GroupTabMessage): void;
  /**
   * What is shown of a group may not be the truth: the service is asked soon, unless that has become clear
   * by then, or in any case.
   */
  doubt(groupId: string, delayMs?: number, inAnyCase?: boolean): void;
}
