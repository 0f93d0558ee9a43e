import type { GroupState } from '@seenby/core/group.ts';
import type { Group } from '@seenby/protocol/entities.ts';
import { doneWithPushes, type Push, type ResultWithPushes } from '../push/recipients/push.ts';
import type { Caller, Service } from '../service/service.ts';
import { toGroup } from './to-group.ts';

/** By then a request has pushed what it made, or died. */
const pushingMs = 3000;

/**
 * A request for a group that the caller has made already, by a request that ended before anybody was told:
 * it is answered and told like that one. Undefined for any other group.
 */
export async function repeatCreation(
  service: Service,
  { userId }: Caller,
  wanted: GroupState,
  others: readonly string[],
): Promise<ResultWithPushes<Group> | undefined> {
  const { groupId } = wanted;
  const untold = await service.creations.untold(groupId);
  if (!untold || wanted.createdAt - untold.group.createdAt < pushingMs) return undefined;
  const { group, attempt } = untold;
  const rows = await service.members.ofGroup(groupId, 'strong');
  const present = rows.filter(({ left }) => !left);
  const owner = present.find((member) => member.userId === userId && member.role === 'owner');
  const listed = new Set([userId, ...others]);
  const isSame =
    present.length === listed.size && present.every((member) => listed.has(member.userId));
  if (!owner || !isSame || !hasSettings(group, wanted)) return undefined;
  return doneWithPushes(
    toGroup({ group, member: owner }, present.length),
    pushesOfCreation(groupId, userId, others),
    () => service.creations.noteTold(groupId, attempt),
  );
}

const hasSettings = (group: GroupState, wanted: GroupState): boolean =>
  (['name', 'kind', 'tracking', 'visibility', 'historyForNewMembers'] as const).every(
    (setting) => group[setting] === wanted[setting],
  );

/** Whoever is in a new group learns of it: the owner has other devices, and this one may never get its answer. */
export const pushesOfCreation = (
  groupId: string,
  ownerId: string,
  others: readonly string[],
): Push[] => [
  { to: 'joined', groupId, userIds: others, role: 'member' },
  { to: 'joined', groupId, userIds: [ownerId], role: 'owner' },
];
