import type { Message } from '@seenby/protocol/entities.ts';
import type { Service } from '../service/service.ts';
import type { MemberChange } from '../stream/member-change.ts';
import { groupsRead, memberEvents, readEvents, sentEvents } from './events-of.ts';
import type { EventBus } from './service-event.ts';

/**
 * Publishes what a stream batch says, at least once: a batch that comes again is published again.
 * Throws when the bus did not take everything.
 */
export async function publishEvents(
  service: Service,
  bus: EventBus,
  sent: readonly Message[],
  changes: readonly MemberChange[],
): Promise<void> {
  const groups = await Promise.all(groupsRead(changes).map((id) => service.groups.get(id)));
  const published = groups.flatMap((group) =>
    group?.tracking === 'receipts' ? [[group.groupId, group] as const] : [],
  );
  const events = [
    ...sentEvents(sent),
    ...memberEvents(changes),
    ...readEvents(changes, new Map(published)),
  ];
  if (events.length > 0) await bus.publish(events);
}
