import type { GroupState } from '@seenby/core/group.ts';
import type { Message } from '@seenby/protocol/entities.ts';
import type { Service } from '../service/service.ts';
import type { MemberChange } from '../stream/member-change.ts';
import type { AddedReminders } from '../stream/noted-reminders.ts';
import type { EventBus } from './event-bus.ts';
import { groupsRead, memberEvents, readEvents } from './events-of.ts';
import { remindedEvents } from './reminded-events.ts';
import { sentEvents } from './sent-events.ts';

/** What a stream batch says. */
export interface Happened {
  sent: readonly Message[];
  changes: readonly MemberChange[];
  reminders: readonly AddedReminders[];
}

/**
 * Publishes what a stream batch says, at least once: a batch that comes again is published again.
 * Throws when the bus did not take everything.
 */
export async function publishEvents(
  service: Service,
  bus: EventBus,
  { sent, changes, reminders }: Happened,
): Promise<void> {
  const groups = await groupsOf(service, [
    ...sent.map(({ groupId }) => groupId),
    ...groupsRead(changes),
  ]);
  const published = [...groups].filter(([, group]) => group.tracking === 'receipts');
  const events = [
    ...(await sentEvents(service, sent, groups)),
    ...memberEvents(changes),
    ...readEvents(changes, new Map(published)),
    ...(await remindedEvents(service, reminders)),
  ];
  if (events.length > 0) await bus.publish(events);
}

async function groupsOf(
  service: Service,
  groupIds: readonly string[],
): Promise<Map<string, GroupState>> {
  const found = await Promise.all([...new Set(groupIds)].map((id) => service.groups.get(id)));
  return new Map(found.flatMap((group) => (group ? [[group.groupId, group]] : [])));
}
