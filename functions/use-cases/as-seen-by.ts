import { conceal } from '../../core/concealment.ts';
import type { GroupState } from '../../core/group.ts';
import type { MemberState } from '../../core/member.ts';
import { difference, type RangeSet, setOfSeqs, union } from '../../core/range-set.ts';
import type { Service } from '../service.ts';

/** For each other member what the viewer may not see of their reading; empty outside direct chats. */
export type Concealed = ReadonlyMap<string, RangeSet>;

/**
 * In a direct chat a user without read receipts neither gives nor sees any. What was read while
 * one of the two had them off is concealed for good; while they are off, all of it is.
 */
export async function concealedFrom(
  service: Service,
  group: GroupState,
  members: readonly MemberState[],
  viewerId: string,
  from: number,
  to: number,
): Promise<Concealed> {
  if (group.kind !== 'direct') return new Map();
  const others = members.filter((member) => member.userId !== viewerId);
  if (!(await receiptsAreOff(service, members))) {
    return new Map(others.map((member) => [member.userId, member.concealed]));
  }
  const senders = await service.messages.senders(group.groupId, from, to);
  return new Map(
    others.map((member) => {
      const own = [...senders].filter(([, id]) => id === member.userId).map(([seq]) => seq);
      return [member.userId, union(member.concealed, difference(member.read, setOfSeqs(own)))];
    }),
  );
}

/** Whether either of the two in a direct chat has read receipts off. */
export async function receiptsAreOff(
  service: Service,
  members: readonly { userId: string }[],
): Promise<boolean> {
  const settings = await service.settings.getMany(members.map(({ userId }) => userId));
  return settings.some(({ readReceipts }) => !readReceipts);
}

export const withConcealed = (
  members: readonly MemberState[],
  concealed: Concealed,
): MemberState[] => members.map((member) => conceal(member, concealed.get(member.userId) ?? []));

/** The rows of a group as one of its members may see them, for messages of a range. */
export async function membersAsSeenBy(
  service: Service,
  group: GroupState,
  viewerId: string,
  from: number,
  to: number,
): Promise<MemberState[]> {
  const members = await service.members.ofGroup(group.groupId, 'strong');
  return withConcealed(members, await concealedFrom(service, group, members, viewerId, from, to));
}
