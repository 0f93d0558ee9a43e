import type { Typists } from '../extras/typists.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { ReadTracker } from '../read-state/read-tracker.ts';
import type { ReadingSession } from '../read-state/reading-session.ts';
import type { Receipts } from '../receipts/receipts.ts';
import type { MessageTimeline } from '../timeline/message-timeline.ts';
import type { Subscription } from './subscription.ts';

/** What a group consists of. */
export interface GroupParts {
  session: ReadingSession;
  groupId: string;
  /** Something of the group's snapshot has changed. */
  changed: () => void;
  subscription: Subscription;
  timeline: MessageTimeline;
  receipts: Receipts;
  readTracker: ReadTracker;
  outbox: Outbox;
  /** As soon as somebody types: one of the extras. */
  typists?: Typists;
}
