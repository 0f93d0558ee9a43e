import { Outbox } from '../outbox/outbox.ts';
import { ReadTracker } from '../read-state/read-tracker.ts';
import type { ReadingSession } from '../read-state/reading-session.ts';
import { Receipts } from '../receipts/receipts.ts';
import { MessageTimeline } from '../timeline/message-timeline.ts';
import type { GroupParts } from './group-parts.ts';
import { GroupState } from './group-state.ts';
import { Subscription } from './subscription.ts';
import { Typists } from './typists.ts';

/** Makes the parts of a group and lets those that learn something tell its state. */
export function assembleGroup(
  session: ReadingSession,
  groupId: string,
  changed: () => void,
): { parts: GroupParts; state: GroupState } {
  const timeline = new MessageTimeline(session, groupId, {
    arrived: (messages) => state.arrived(messages),
    loaded: (messages) => state.loaded(messages),
    missed: (fromSeq, toSeq) => session.emit('gap', { groupId, fromSeq, toSeq }),
    recalled: (seq) => state.recalled(seq, false),
    turned: () => session.doubt(groupId, 0, true),
  });
  const receipts = new Receipts(session, groupId, (ranges, by) => {
    changed();
    if (ranges.length > 0) session.emit('receipt', { groupId, ranges, receipts: by });
  });
  const tracksDelivery = () => state.status?.tracking === 'receipts';
  const isGone = () => state.isGone;
  const parts: GroupParts = {
    ...{ session, groupId, changed, timeline, receipts },
    subscription: new Subscription(session, groupId),
    readTracker: new ReadTracker({ session, groupId, changed, timeline, tracksDelivery, isGone }),
    outbox: new Outbox(session, groupId, changed),
    typists: new Typists(session.host, changed),
  };
  const state = new GroupState(parts);
  return { parts, state };
}
