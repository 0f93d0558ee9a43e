import type { GroupState } from '@seenby/core/group.ts';
import { type MemberState, newMember } from '@seenby/core/members/member.ts';
import { decideTracking } from '@seenby/core/members/permissions.ts';
import { emptySet } from '@seenby/core/ranges/range-set.ts';
import type { Group, GroupKind, Tracking, Visibility } from '@seenby/protocol/entities.ts';
import { doneWithPushes, type ResultWithPushes } from '../push/recipients/push.ts';
import { tooManyMembers } from '../runtime/refusals.ts';
import { refuse } from '../runtime/result.ts';
import type { Caller, Service } from '../service/service.ts';
import { maxMembers } from '../store/groups.ts';
import type { Members } from '../store/members.ts';
import { pushesOfCreation, repeatCreation } from './repeat-creation.ts';
import { takeAdditions } from './take-additions.ts';
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
 * until then nothing of the group exists for anybody, and other requests for the same id are refused.
 * A failure leaves only the caller's own reservation, which a retry takes up again.
 */
export async function createGroup(
  service: Service,
  caller: Caller,
  input: NewGroup,
): Promise<ResultWithPushes<Group>> {
  const others = [...new Set(input.memberIds)].filter((userId) => userId !== caller.userId);
  if (input.kind === 'direct' && others.length !== 1) {
    return refuse('BAD_REQUEST', 'A direct chat has exactly one other member.');
  }
  if (others.length + 1 > maxMembers) return tooManyMembers();
  const overBudget = await takeAdditions(service, caller, others);
  if (overBudget) return overBudget;
  const memberCount = others.length + 1;
  const made = newGroup(service, input, memberCount);
  const attempt = { ownerId: caller.userId, name: service.newId(), at: made.createdAt };
  const group = await service.creations.reserve(made, attempt);
  if (!group) return (await repeatCreation(service, caller, made, others)) ?? taken();
  const { groupId } = group;
  const owner = await fill(service, caller, group, others).catch(async (error) => {
    // Where even that fails, the reservation ends by itself.
    await service.creations.release(groupId, attempt).catch(() => undefined);
    throw error;
  });
  if (!(await service.creations.open(groupId, attempt))) return taken();
  return doneWithPushes(
    toGroup({ group, member: owner }, memberCount),
    pushesOfCreation(groupId, caller.userId, others),
    () => service.creations.noteTold(groupId, attempt.name),
  );
}

const taken = () => refuse('CONFLICT', 'This groupId is taken.');

/** Writes the rows of all members; answers the owner. */
async function fill(
  { members }: Service,
  caller: Caller,
  { groupId, createdAt, lastOrdinal }: GroupState,
  others: readonly string[],
): Promise<MemberState> {
  const firstOrdinal = lastOrdinal - others.length;
  if (firstOrdinal > 1) await removeUnlisted(members, groupId, [caller.userId, ...others]);
  const owner = foundingMember(caller, firstOrdinal, createdAt);
  await members.insertAll(groupId, [owner, ...joiners(others, firstOrdinal, createdAt)]);
  return owner;
}

/** An earlier attempt that failed may have listed other members. */
async function removeUnlisted(
  members: Members,
  groupId: string,
  userIds: readonly string[],
): Promise<void> {
  const listed = new Set(userIds);
  const rows = await members.ofGroup(groupId, 'strong');
  const unlisted = rows.filter(({ userId }) => !listed.has(userId));
  await members.removeAll(groupId, unlisted);
}

function newGroup(service: Service, input: NewGroup, memberCount: number): GroupState {
  const createdAt = service.clock();
  return {
    groupId: input.groupId ?? service.newId(),
    name: input.name,
    kind: input.kind,
    tracking: decideTracking(input.tracking, memberCount),
    trackingSince: createdAt,
    privateTimes: [],
    recentAuthors: [],
    visibility: input.visibility,
    turns: 0,
    historyForNewMembers: input.historyForNewMembers,
    createdAt,
    membersChangedAt: createdAt,
    lastOrdinal: memberCount,
    places: memberCount,
    lastSeq: 0,
    checkedSeq: 0,
    recalled: emptySet,
    lost: emptySet,
    remindedSeq: 0,
    periods: {},
  };
}

const foundingMember = ({ userId, name }: Caller, ordinal: number, joinedAt: number): MemberState =>
  newMember({
    userId,
    ...(name !== undefined && { name }),
    role: 'owner',
    ordinal,
    from: 1,
    joinedAt,
  });

const joiners = (
  userIds: readonly string[],
  ownersOrdinal: number,
  joinedAt: number,
): MemberState[] =>
  userIds.map((userId, i) =>
    newMember({ userId, role: 'member', ordinal: ownersOrdinal + 1 + i, from: 1, joinedAt }),
  );
