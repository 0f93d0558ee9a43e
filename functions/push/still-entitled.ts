import type { Service } from '../service.ts';
import type { Connection } from '../store/connections.ts';
import type { Parcel } from './courier.ts';

/** Those whose connection has not ended, and who are members still if the frame is of a group. */
export async function stillEntitled(
  { connections, members }: Service,
  { connections: pending, groupId }: Pick<Parcel, 'connections' | 'groupId'>,
): Promise<Connection[]> {
  const userIds = [...new Set(pending.map(({ userId }) => userId))];
  const open = new Set((await connections.ofUsers(userIds)).map((each) => each.connectionId));
  const stillOpen = pending.filter(({ connectionId }) => open.has(connectionId));
  return groupId === undefined ? stillOpen : ofMembers(members, groupId, stillOpen);
}

/** The connections of those who are in a group at this moment. */
export async function ofMembers(
  members: Service['members'],
  groupId: string,
  connections: readonly Connection[],
): Promise<Connection[]> {
  const userIds = [...new Set(connections.map(({ userId }) => userId))];
  const rows = await members.getMany(groupId, userIds);
  const present = new Set(userIds.filter((_, i) => rows[i] && !rows[i].left));
  return connections.filter(({ userId }) => present.has(userId));
}
