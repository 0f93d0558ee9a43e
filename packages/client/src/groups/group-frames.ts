import { SeenbyError } from '../transport/seenby-error.ts';
import type { ReceivedFrame } from '../transport/websocket-transport.ts';
import type { GroupParts } from './group-parts.ts';
import type { GroupState } from './group-state.ts';

/** Takes a frame that names a group to the part of the group that it concerns. */
export function receiveFrame(parts: GroupParts, state: GroupState, frame: ReceivedFrame): void {
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
    case 'group_changed': {
      const { name, tracking, visibility } = frame;
      state.takeSettings({ name, tracking, visibility });
      parts.session.emit('group', { groupId: parts.groupId });
      break;
    }
    case 'group_removed':
      state.leave(frame.reason);
      break;
    case 'subscription_error': {
      const error = new SeenbyError(frame.code, frame.message, frame);
      state.isRefused = true;
      parts.subscription.renewLater(error);
      parts.session.emit('error', { error, groupId: parts.groupId });
      break;
    }
    case 'member_changed': {
      const { groupId, userId, change, role } = frame;
      if (userId === parts.session.userId && role) state.takeSettings({ role });
      parts.session.emit('members', { groupId, userId, change, ...(role && { role }) });
      break;
    }
    case 'typing_indicator':
      parts.typists.typed(frame.userId);
      parts.session.emit('typing', { groupId: parts.groupId, userId: frame.userId });
      break;
    default:
      emitFrame(parts, frame);
  }
}

/** Frames that change nothing else here and are for the app to know. */
function emitFrame({ session, groupId }: GroupParts, frame: ReceivedFrame): void {
  if (frame.type === 'unread_reminder') {
    session.doubt(groupId, 0, true);
    session.emit('reminder', { groupId, seq: frame.seq, fromUserId: frame.fromUserId });
  } else if (frame.type === 'system_notification') {
    session.emit('notification', { groupId, text: frame.text });
  }
}
