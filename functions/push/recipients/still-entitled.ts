import type { Service } from '../../service/service.ts';
import type { Connection } from '../../store/users/connections.ts';
import type { PushJob } from '../dispatch/push-job.ts';

/** The connections that have not ended, of members alone if the frame is about a group. */
export async function stillEntitled(
  { connections, members }: Service,
  { connections: pending, groupId }: Pick<PushJob, 'connections' | 'groupId'>,
): Promise<Connection[]> {
  const userIds = [...new Set(pending.map(({ userId }) => userId))];
  const open = new Set((await connections.ofUsers(userIds)).map((each) => each.connectionId));
  const stillOpen = pending.filter(({ connectionId }) => open.has(connectionId));
  return groupId === undefined ? stillOpen : ofMembers(members, groupId, stillOpen);
}

/** More rows than this cost less read side by side, with all of their group, than one by one. */
const maxRowsByKey = 100;

/** The connections of those who are in a group at this moment. */
export async function ofMembers(
  members: Service['members'],
  groupId: string,
  connections: readonly Connection[],
): Promise<Connection[]> {
  const userIds = [...new Set(connections.map(({ userId }) => userId))];
  const present = new Set(
    userIds.length > maxRowsByKey
      ? await members.presentIn(groupId)
      : await presentAmong(members, groupId, userIds),
  );
  return connections.filter(({ userId }) => present.has(userId));
}

async function presentAmong(
  members: Service['members'],
  groupId: string,
  userIds: readonly string[],
): Promise<string[]> {
  const rows = await members.getMany(groupId, userIds);
  return userIds.filter((_, i) => rows[i] && !rows[i].left);
}
