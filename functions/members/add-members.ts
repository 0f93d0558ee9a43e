import { chunks } from '@seenby/core/chunks.ts';
import type { GroupState } from '@seenby/core/group.ts';
import { type MemberState, newMember } from '@seenby/core/members/member.ts';
import { comeBack, firstSeqOf } from '@seenby/core/members/membership.ts';
import { isAtLeast } from '@seenby/core/members/permissions.ts';
import type { Role } from '@seenby/protocol/entities.ts';
import { isBig } from '../groups/is-big.ts';
import { takeAdditions } from '../groups/take-additions.ts';
import { doneWithPushes, type Push, type ResultWithPushes } from '../push/recipients/push.ts';
import { directIsForGood, notAllowed, notFound, tooManyMembers } from '../runtime/refusals.ts';
import type { Refusal } from '../runtime/result.ts';
import { refusedByRole } from '../service/refused-by-role.ts';
import type { Caller, Service } from '../service/service.ts';
import type { Authority } from '../store/authority.ts';
import { maxMembers } from '../store/groups.ts';

export interface Joining {
  groupId: string;
  memberIds: readonly string[];
  role: Exclude<Role, 'owner'>;
}

/** Rows written before the group's state is asked again, and numbers lost to a crash at most. */
const batchSize = 250;
/** More rows than this cost less read with all of their group. */
const maxRowsByKey = 100;
/** Longer than a request lives: who joined since may not have been told by one that ended early. */
const noticeMs = 10 * 60_000;
/** Above this number members learn that others joined, not who: 500 joining 500 would be 250,000 frames. */
const maxAnnounced = 20;

/**
 * Adds members, who find the last messages of the group unread. Who is a member already stays as is.
 * The same request again goes on where one that ended early stopped, and
 * announces those who joined a moment ago once more.
 */
export async function addMembers(
  service: Service,
  caller: Caller,
  { groupId, memberIds, role }: Joining,
): Promise<ResultWithPushes<{ added: string[] }>> {
  const membership = await service.members.membership(groupId, caller.userId, 'strong');
  if (!membership) return notFound();
  const { group, member } = membership;
  const minRole = role === 'admin' ? 'owner' : 'admin';
  if (!isAtLeast(member.role, minRole)) return notAllowed(`add a ${role}`);
  if (group.kind === 'direct') return directIsForGood();
  const userIds = [...new Set(memberIds)];
  const rows = await rowsOf(service, groupId, userIds);
  const isIn = (userId: string) => rows.get(userId)?.left === false;
  const added = userIds.filter((userId) => !isIn(userId));
  // Before the first of several batches: of more than one the rows of the whole group are here.
  const known = [...rows.values()].filter(({ left }) => !left).length;
  if (known + added.length > maxMembers) return tooManyMembers();
  const overBudget = await takeAdditions(service, caller, added);
  if (overBudget) return overBudget;
  for (const batch of chunks(added, batchSize)) {
    const by = { groupId, userId: caller.userId, minRole } as const;
    const refused = await joinBatch(service, by, { groupId, memberIds: batch, role }, rows);
    if (refused) return refused;
  }
  if (added.length > 0 && !(await service.groups.get(groupId))) {
    return removeLateComers(service, groupId, added);
  }
  const since = service.clock() - noticeMs;
  const joinedRecently = userIds.filter((userId) => {
    const row = rows.get(userId);
    return isIn(userId) && row?.role === role && row.joinedAt >= since;
  });
  return doneWithPushes({ added }, announce(group, [...added, ...joinedRecently], role));
}

async function rowsOf(
  { members }: Service,
  groupId: string,
  userIds: readonly string[],
): Promise<Map<string, MemberState>> {
  const rows =
    userIds.length > maxRowsByKey
      ? await members.ofGroup(groupId, 'strong')
      : await members.getMany(groupId, userIds);
  return new Map(rows.flatMap((row) => (row ? [[row.userId, row]] : [])));
}

/** The group was deleted while they were being added: its deletion may not have seen them. */
async function removeLateComers(
  { members }: Service,
  groupId: string,
  userIds: readonly string[],
): Promise<Refusal> {
  const rows = await members.getMany(groupId, userIds);
  await members.removeAll(
    groupId,
    rows.filter((row) => row !== undefined),
  );
  return notFound();
}

/** Why no more can join; who joined in the batches before is in. */
async function joinBatch(
  service: Service,
  by: Authority,
  { groupId, memberIds, role }: Joining,
  rows: ReadonlyMap<string, MemberState>,
): Promise<Refusal | undefined> {
  const newcomers = memberIds.filter((userId) => !rows.has(userId));
  const at = service.clock();
  const grown = await makeRoom(service, by, newcomers.length, memberIds.length);
  if (!grown) return notFound();
  if (grown === 'notAllowed') return refusedByRole(service, by, `add a ${role}`);
  if (grown === 'full') return tooManyMembers();
  const { lastSeq, historyForNewMembers, lastOrdinal } = grown;
  const from = firstSeqOf(lastSeq, historyForNewMembers);
  const again = { role, from, since: lastSeq + 1, joinedAt: at };
  const firstOrdinal = lastOrdinal - newcomers.length + 1;
  const fresh = newcomers.map((userId, i) =>
    newMember({ ...again, userId, ordinal: firstOrdinal + i }),
  );
  // Somebody else may be adding the same users: then the rows that stand are brought up instead.
  const overtaken = await service.members.insertAll(groupId, fresh);
  const stand = await rowsOf(service, groupId, overtaken);
  const returning = memberIds.flatMap((id) => rows.get(id) ?? stand.get(id) ?? []);
  const returned = await service.members.changeAll(groupId, returning, (member) =>
    member.left ? comeBack(member, again) : undefined,
  );
  // Who was added by somebody else at the same moment takes one place, not two.
  const joined = fresh.length - overtaken.length + returned;
  await service.groups.givePlacesBack(groupId, memberIds.length - joined, at);
  return undefined;
}

/** Takes numbers and places; where none are left, attempts that ended early may have left some taken. */
async function makeRoom(
  { groups, members, clock }: Service,
  by: Authority,
  count: number,
  places: number,
) {
  const { groupId } = by;
  const take = () => groups.takeOrdinals(by, { count, places, at: clock() });
  const grown = await take();
  if (grown !== 'full') return grown;
  const countMembers = async () => (await members.presentIn(groupId)).length;
  return (await groups.freeLostPlaces(groupId, clock(), countMembers)) ? take() : grown;
}

function announce(group: GroupState, userIds: readonly string[], role: Role): Push[] {
  if (userIds.length === 0) return [];
  const { groupId, name, tracking, visibility } = group;
  if (userIds.length > (isBig(group) ? 1 : maxAnnounced)) {
    const changed = { type: 'group_changed', groupId, name, tracking, visibility } as const;
    return [
      { to: 'joined', groupId, userIds, role },
      { to: 'members', groupId, frame: changed },
    ];
  }
  return userIds.map((userId) => ({
    to: 'members',
    groupId,
    frame: { type: 'member_changed', groupId, userId, change: 'joined', role },
  }));
}
