import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { has } from '@seenby/core/ranges/range-set.ts';
import { isToldAt, type NotedReminder, remindersFor } from '@seenby/core/reading/reminders.ts';
import { membersInState } from '@seenby/core/receipts/receipt-list.ts';
import { floorOf, type Service } from '../service/service.ts';
import type { Authority } from '../store/authority.ts';
import { hiddenReadsFor, withoutHiddenReads } from './receipt-privacy.ts';

/** Of a message there is one reminder in this time, and of a group each reader is told one. */
export const coolDownMs = 5 * 60_000;

/** The members to be reminded of a message: all, unless some are chosen. Others of the chosen ids are nobody. */
export interface Reminding {
  seq: number;
  userIds?: readonly string[] | undefined;
}

/** A member as they are, and as the one who reminds may see them: without their private reading. */
export interface Reader {
  real: MemberState;
  shown: MemberState;
}

/** Those who have not read the message, for all that the one who reminds may know. */
export async function unreadReaders(
  service: Service,
  { groupId, userId }: Pick<Authority, 'groupId' | 'userId'>,
  group: GroupState,
  { seq, userIds }: Reminding,
): Promise<Reader[]> {
  const members = await service.members.ofGroup(groupId, 'strong');
  const hidden = await hiddenReadsFor(service, group, members, userId, seq, seq);
  const realRows = new Map(members.map((member) => [member.userId, member]));
  const unread = membersInState(withoutHiddenReads(members, hidden), seq, 'unread');
  const chosen = userIds && new Set(userIds);
  return unread
    .filter((shown) => !chosen || chosen.has(shown.userId))
    .map((shown) => ({ shown, real: realRows.get(shown.userId) ?? shown }));
}

export interface Told {
  reminded: number;
  /** Who is told now, as far as the one who reminds may know: neither they nor their number tell of a private reading. */
  seemTold: string[];
  told: string[];
}

export function whoIsTold(
  service: Service,
  readers: readonly Reader[],
  { seq, at }: NotedReminder,
  group: GroupState,
  reminders: readonly NotedReminder[],
): Told {
  const floor = floorOf(service, group);
  const all = { ...group, remindedSeq: Number.MAX_SAFE_INTEGER };
  const isTold = (member: MemberState) =>
    !has(member.read, seq) &&
    isToldAt(at, member, remindersFor(member, all, floor, reminders), coolDownMs);
  const idsOf = (told: readonly Reader[]) => told.map(({ real }) => real.userId);
  return {
    reminded: readers.length,
    seemTold: idsOf(readers.filter(({ shown }) => isTold(shown))),
    told: idsOf(readers.filter(({ real }) => isTold(real))),
  };
}
