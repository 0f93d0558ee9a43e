import { ownStateOf } from '@seenby/core/reading/own-state.ts';
import { mayBeReminded, type NotedReminder, remindersFor } from '@seenby/core/reading/reminders.ts';
import type { GroupStatus } from '@seenby/protocol/entities.ts';
import { floorOf, type Service } from '../service/service.ts';
import type { Membership } from '../store/members.ts';

/** Groups as they stand in their member's list. Reminders are read where there may be some. */
export async function toGroupStatuses(
  service: Service,
  memberships: readonly Membership[],
): Promise<GroupStatus[]> {
  const due = memberships.filter(({ group, member }) =>
    mayBeReminded(member, group, floorOf(service, group)),
  );
  const found = await service.reminders.of(due.map(({ group }) => group.groupId));
  const reminders = new Map(due.map((membership, i) => [membership, found[i]?.reminders]));
  return memberships.map((each) => toGroupStatus(service, each, reminders.get(each) ?? []));
}

function toGroupStatus(
  service: Service,
  { group, member }: Membership,
  known: readonly NotedReminder[],
): GroupStatus {
  const floor = floorOf(service, group);
  const { name, tracking, visibility, lastMessage } = group;
  const isVisible = lastMessage && lastMessage.seq > floor && lastMessage.seq >= member.from;
  const reminders = remindersFor(member, group, floor, known);
  return {
    ...ownStateOf(member, group, floor),
    name,
    role: member.role,
    tracking,
    visibility,
    ...(isVisible && { lastMessage }),
    ...(reminders.length > 0 && { reminders }),
  };
}
