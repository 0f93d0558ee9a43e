import type { WSContext } from 'hono/ws';
import { type Message, membersOf } from './database.ts';
import { pushNotification } from './push-notification.ts';

const sockets = new Map<WSContext, string>();

/** The socket of a user, until it closes. */
export const socketOf = (userId: string) => ({
  onOpen: (_event: unknown, socket: WSContext) => void sockets.set(socket, userId),
  onClose: (_event: unknown, socket: WSContext) => void sockets.delete(socket),
});

/** Shows a message on the members' screens. */
export function show(message: Message): void {
  const members = new Set(membersOf(message.roomId).map(({ id }) => id));
  for (const [socket, userId] of sockets) {
    if (members.has(userId)) socket.send(JSON.stringify(message));
  }
}

/** Tells other members who have no socket. */
export function notifyAbsent({ roomId, userId, userName, text }: Message): void {
  const present = new Set(sockets.values());
  const absent = membersOf(roomId).filter(({ id }) => id !== userId && !present.has(id));
  const ids = absent.map(({ id }) => id);
  pushNotification(ids, `${userName}: ${text}`);
}
