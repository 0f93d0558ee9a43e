import type { Message } from '@seenby/protocol/entities.ts';
import { receiveFrame } from './groups/group-frames.ts';
import type { Groups } from './groups/groups.ts';
import type { ReadingSession } from './read-state/reading-session.ts';
import { errorOf } from './transport/seenby-error.ts';
import type { ReceivedFrame } from './transport/websocket-transport.ts';

/** Takes a frame to the group that it names, or to the app. */
export function routeFrame(frame: ReceivedFrame, groups: Groups, session: ReadingSession): void {
  const groupId = groupOf(frame);
  if (frame.type === 'system_notification') {
    const { type: _type, timestamp: _at, ...event } = frame;
    session.emit('notification', event);
  } else if (groupId) routeToGroup(groupId, frame, groups, session);
  else if (frame.type === 'error' && frame.requestId === undefined) {
    // An error that answers a request reaches who asked; of this one nobody else would hear.
    session.emit('error', { error: errorOf(frame) });
  }
}

/** Frames of a group that only its members get, and of which one tells that the user has joined. */
const tellsMembership = new Set<ReceivedFrame['type']>([
  ...(['new_message', 'subscription_confirmed', 'read_position', 'message_sent'] as const),
]);

function routeToGroup(
  groupId: string,
  frame: ReceivedFrame,
  groups: Groups,
  { userId, isConnected }: ReadingSession,
): void {
  const { parts, standing: state } = groups.get(groupId);
  const isOver = state.isGone && frame.type !== 'group_removed' && frame.type !== 'member_changed';
  // It may be from before the user lost the group, or from after they came back.
  if (!isOver) receiveFrame(parts, state, frame);
  const isUnknown = !state.status && tellsMembership.has(frame.type);
  const isOwn = frame.type === 'member_changed' && frame.userId === userId;
  const isRefused = frame.type === 'subscription_error' && frame.code === 'NOT_FOUND';
  // Frames overtake each other, the one a connection begins with too: what holds in the end is asked for.
  if (!isConnected || isUnknown || isOwn || isRefused || frame.type === 'group_removed') {
    groups.checks.request(groupId, 0, true);
  }
}

function groupOf(frame: ReceivedFrame): string | undefined {
  const { groupId, message } = frame as { groupId?: string; message?: Message };
  return groupId ?? message?.groupId;
}
