import type { Push } from '../push/recipients/push.ts';
import type { Service } from '../service/service.ts';
import type { Connection } from '../store/users/connections.ts';

/** With a user's first connection they are online, and with the end of the last one offline. */
export async function announcePresence(
  service: Service,
  { userId, connectionId }: Connection,
  status: 'online' | 'offline',
): Promise<Push[]> {
  const open = await service.connections.ofUsers([userId]);
  const isNews = open.every((connection) => connection.connectionId === connectionId);
  if (!isNews) return [];
  return [{ to: 'contacts', userId, frame: { type: 'user_status_change', userId, status } }];
}
