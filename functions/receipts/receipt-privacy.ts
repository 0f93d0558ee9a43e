import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { difference, type RangeSet, setOfSeqs, union } from '@seenby/core/ranges/range-set.ts';
import { hideReads } from '@seenby/core/reading/receipt-privacy.ts';
import type { Service } from '../service/service.ts';

/** For each other member what the viewer may not see of their reading; empty outside direct chats. */
export type HiddenReads = ReadonlyMap<string, RangeSet>;

/**
 * In a direct chat a user without read receipts neither gives nor sees any. What was read while
 * one of the two had them off is hidden for good; while they are off, all of it is.
 */
export async function hiddenReadsFor(
  service: Service,
  group: GroupState,
  members: readonly MemberState[],
  viewerId: string,
  from: number,
  to: number,
): Promise<HiddenReads> {
  if (group.kind !== 'direct') return new Map();
  const others = members.filter((member) => member.userId !== viewerId);
  if (!(await receiptsAreOff(service, members))) {
    return new Map(others.map((member) => [member.userId, member.privateReads]));
  }
  const senders = await service.messages.senders(group.groupId, from, to);
  return new Map(
    others.map((member) => {
      const own = [...senders].filter(([, id]) => id === member.userId).map(([seq]) => seq);
      return [member.userId, union(member.privateReads, difference(member.read, setOfSeqs(own)))];
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

/** How a reading is to be kept. */
export interface ReadPrivacy {
  /** Nobody else ever learns of it. */
  isPrivate: boolean;
  /** Because the reader's own receipts are off. */
  withholds: boolean;
}

/** Others may know of it. */
export const openReading: ReadPrivacy = { isPrivate: false, withholds: false };

/**
 * In a direct chat a reading is private while one of the two has receipts off, and also as long as the
 * other one withholds: who reads with receipts off gets none, whatever the setting is afterwards, until
 * they have read something with receipts on. So nobody gets what they do not give.
 */
export async function privacyOfRead(
  service: Service,
  { groupId, kind }: GroupState,
  readerId: string,
): Promise<ReadPrivacy> {
  if (kind !== 'direct') return openReading;
  const members = await service.members.ofGroup(groupId, 'strong');
  const settings = await service.settings.getMany(members.map(({ userId }) => userId));
  const gives = new Map(members.map(({ userId }, i) => [userId, settings[i]?.readReceipts]));
  const withheld = members.some(
    ({ userId, withholds }) => gives.get(userId) === false || (userId !== readerId && withholds),
  );
  return { isPrivate: withheld, withholds: gives.get(readerId) === false };
}

export const withoutHiddenReads = (
  members: readonly MemberState[],
  hidden: HiddenReads,
): MemberState[] => members.map((member) => hideReads(member, hidden.get(member.userId) ?? []));

/** The rows of a group as one of its members may see them, for messages of a range. */
export async function membersVisibleTo(
  service: Service,
  group: GroupState,
  viewerId: string,
  from: number,
  to: number,
): Promise<MemberState[]> {
  const members = await service.members.ofGroup(group.groupId, 'strong');
  return withoutHiddenReads(
    members,
    await hiddenReadsFor(service, group, members, viewerId, from, to),
  );
}
