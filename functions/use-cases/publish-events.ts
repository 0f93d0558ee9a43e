import type { Message } from '../../protocol/entities.ts';
import { groupsRead, memberEvents, readEvents, sentEvents } from '../events/events-of.ts';
import type { EventBus } from '../events/service-event.ts';
import type { Service } from '../service.ts';
import type { MemberChange } from '../stream/member-change.ts';

/**
 * Tells other systems of a stream batch, at least once: a batch that comes again is told again.
 * Throws when the bus did not take everything.
 */
export async function publishEvents(
  service: Service,
  bus: EventBus,
  sent: readonly Message[],
  changes: readonly MemberChange[],
): Promise<void> {
  const groups = await Promise.all(groupsRead(changes).map((id) => service.groups.get(id)));
  const told = groups.filter((group) => group?.tracking === 'receipts');
  const names = new Set(told.map((group) => group?.groupId ?? ''));
  const events = [...sentEvents(sent), ...memberEvents(changes), ...readEvents(changes, names)];
  if (events.length > 0) await bus.publish(events);
}
