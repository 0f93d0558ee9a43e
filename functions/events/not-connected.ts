import type { Service } from '../service/service.ts';

/** Who of some users has no connection at this moment. */
export async function notConnected(
  { connections }: Pick<Service, 'connections'>,
  userIds: readonly string[],
): Promise<string[]> {
  const open = await connections.ofUsers(userIds);
  const connected = new Set(open.map(({ userId }) => userId));
  return userIds.filter((userId) => !connected.has(userId));
}
