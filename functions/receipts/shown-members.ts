import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { isPrivateTime } from '@seenby/core/reading/private-times.ts';
import { lastReadAtOf } from '@seenby/core/receipts/last-read.ts';
import { startOfRetention } from '@seenby/core/retention.ts';
import type { Service } from '../service/service.ts';
import type { Membership } from '../store/members.ts';
import { hiddenReadsFor, receiptsAreOff, withoutHiddenReads } from './receipt-privacy.ts';

/** The rows of a group as one of its members may see them. */
export interface ShownMembers {
  rows: readonly MemberState[];
  /** False while one of a direct chat gives no receipts. */
  timesAreTold: boolean;
}

/** @param from what is read below this seq is shown of nobody in a direct chat without receipts. */
export async function shownMembers(
  service: Service,
  { group, member }: Membership,
  from: number,
): Promise<ShownMembers> {
  const { groupId, lastSeq } = group;
  const rows = await service.members.ofGroup(groupId, 'strong');
  const hidden = await hiddenReadsFor(service, group, rows, member.userId, from, lastSeq);
  const timesAreTold = group.kind !== 'direct' || !(await receiptsAreOff(service, rows));
  return { rows: withoutHiddenReads(rows, hidden), timesAreTold };
}

/** When a member last read or played something, if that is not private and has not expired. */
export function lastReadAtFor(
  service: Service,
  group: GroupState,
  { timesAreTold }: ShownMembers,
  member: MemberState,
): { lastReadAt?: number } {
  const lastReadAt = lastReadAtOf(member);
  const isTold =
    timesAreTold &&
    lastReadAt >= startOfRetention(service.clock(), service.retentionDays) &&
    !isPrivateTime(group.privateTimes, lastReadAt);
  return isTold ? { lastReadAt } : {};
}
