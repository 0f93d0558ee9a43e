import { receiveFrame } from './groups/group-frames.ts';
import type { Groups } from './groups/groups.ts';
import type { ReadingSession } from './read-state/reading-session.ts';
import { SeenbyError } from './transport/seenby-error.ts';
import type { ReceivedFrame } from './transport/websocket-transport.ts';

/** Pushes that any tab of the user can make use of. */
export const sharedPushes = new Set<ReceivedFrame['type']>([
  ...(['new_message', 'message_recalled', 'read_status_update'] as const),
  ...(['read_position', 'member_changed', 'group_changed', 'typing_indicator'] as const),
  'receipts_changed',
]);

/** Takes a frame to the group that it names, or to the app. */
export function routeFrame(frame: ReceivedFrame, groups: Groups, session: ReadingSession): void {
  const groupId = groupOf(frame);
  if (groupId !== undefined) routeToGroup(groupId, frame, groups, session.userId);
  else if (frame.type === 'system_notification') session.emit('notification', { text: frame.text });
  else if (frame.type === 'error' && frame.requestId === undefined) {
    // An error that answers a request reaches who asked; of this one nobody else would hear.
    session.emit('error', { error: new SeenbyError(frame.code, frame.message, frame) });
  }
}

function routeToGroup(groupId: string, frame: ReceivedFrame, groups: Groups, userId: string): void {
  const group = groups.get(groupId);
  receiveFrame(group.parts, group.state, frame);
  // A group may be too new for the list that a connection begins with.
  const isInGroup = frame.type === 'new_message' || frame.type === 'subscription_confirmed';
  const isUnknown = !group.status && isInGroup;
  const isOwnMembership = frame.type === 'member_changed' && frame.userId === userId;
  if (isUnknown || isOwnMembership) void groups.refresh();
}

function groupOf(frame: ReceivedFrame): string | undefined {
  const named = frame.type === 'message_sent' ? frame.message : frame;
  return 'groupId' in named ? named.groupId : undefined;
}
