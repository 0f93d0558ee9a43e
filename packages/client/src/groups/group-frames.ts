import type { ClientEvents } from '../session/events.ts';
import { errorOf } from '../transport/seenby-error.ts';
import type { ReceivedFrame } from '../transport/websocket-transport.ts';
import type { GroupParts } from './group-parts.ts';
import type { GroupState } from './group-state.ts';
import { withExtras } from './load-extras.ts';

/** Takes a frame that names a group to the part of the group that it concerns. */
export function receiveFrame(parts: GroupParts, state: GroupState, frame: ReceivedFrame): void {
  const { type: _type, timestamp: _at, ...event } = frame;
  switch (frame.type) {
    case 'new_message':
    case 'message_sent':
      parts.timeline.receive(frame.message);
      break;
    case 'message_recalled':
      state.recalled(frame.seq);
      break;
    case 'read_status_update':
      parts.receipts.update(frame);
      break;
    case 'receipts_changed':
      state.recount();
      break;
    case 'read_position':
      parts.readTracker.takeStatus(frame);
      break;
    case 'subscription_confirmed':
      state.subscribed(frame, frame.version);
      break;
    case 'group_changed':
      state.takeSettings(frame);
      parts.session.emit('group', { groupId: parts.groupId });
      break;
    case 'group_removed':
      state.leave(frame.reason);
      break;
    case 'subscription_error': {
      const error = errorOf(frame);
      state.isRefused = true;
      parts.subscription.renewLater(error);
      parts.session.emit('error', { error, groupId: parts.groupId });
      break;
    }
    case 'member_changed':
      if (frame.userId === parts.session.userId) state.takeSettings(frame);
      parts.session.emit('members', event as ClientEvents['members']);
      break;
    case 'typing_indicator':
      if (parts.session.hasExtras)
        withExtras(parts.session, ({ typistsOf }) => typistsOf(parts).typed(frame.userId));
      parts.session.emit('typing', event as ClientEvents['typing']);
      break;
    case 'unread_reminder':
      parts.session.doubt(parts.groupId, 0, true);
      parts.session.emit('reminder', event as ClientEvents['reminder']);
  }
}
