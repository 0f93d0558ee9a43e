import type { GroupState } from '../../core/group.ts';
import { type MemberState, newMember } from '../../core/member.ts';
import { decideTracking } from '../../core/permissions.ts';
import { emptySet } from '../../core/range-set.ts';
import type { Group, GroupKind, Tracking, Visibility } from '../../protocol/entities.ts';
import { done, type Outcome, refuse } from '../outcome.ts';
import type { Caller, Service } from '../service.ts';
import { toGroup } from './to-group.ts';

export interface NewGroup {
  groupId?: string | undefined;
  name: string;
  memberIds: string[];
  kind: GroupKind;
  tracking: Tracking | 'auto';
  visibility: Visibility;
  historyForNewMembers: number;
}

/**
 * Makes a group with the caller as its owner. The group row is reserved first and opened last:
 * until then nothing of the group exists for anybody, and a crash leaves only the caller's own
 * reservation, which a retry takes up again.
 */
export async function createGroup(
  service: Service,
  caller: Caller,
  input: NewGroup,
): Promise<Outcome<Group>> {
  const others = [...new Set(input.memberIds)].filter((userId) => userId !== caller.userId);
  if (input.kind === 'direct' && others.length !== 1) {
    return refuse('BAD_REQUEST', 'A direct chat has exactly one other member.');
  }
  const group = newGroup(service, input, others.length + 1);
  const reserved = await service.groups.reserve(group, caller.userId);
  if (reserved === 'exists') return refuse('CONFLICT', 'This groupId is taken.');
  const owner = foundingMember(caller, group.createdAt);
  await service.members.insertAll(group.groupId, [owner, ...joiners(others, group.createdAt)]);
  await service.groups.open(group.groupId);
  const memberCount = others.length + 1;
  return done(toGroup({ group, member: owner }, memberCount), [
    { to: 'joined', groupId: group.groupId, userIds: others, role: 'member' },
  ]);
}

const newGroup = (service: Service, input: NewGroup, memberCount: number): GroupState => ({
  groupId: input.groupId ?? service.newId(),
  name: input.name,
  kind: input.kind,
  tracking: decideTracking(input.tracking, memberCount),
  visibility: input.visibility,
  historyForNewMembers: input.historyForNewMembers,
  createdAt: service.clock(),
  lastOrdinal: memberCount,
  lastSeq: 0,
  recalled: emptySet,
  steps: {},
});

const foundingMember = ({ userId, name }: Caller, joinedAt: number): MemberState =>
  newMember({
    userId,
    ...(name !== undefined && { name }),
    role: 'owner',
    ordinal: 1,
    from: 1,
    joinedAt,
  });

const joiners = (userIds: readonly string[], joinedAt: number): MemberState[] =>
  userIds.map((userId, i) =>
    newMember({ userId, role: 'member', ordinal: i + 2, from: 1, joinedAt }),
  );
