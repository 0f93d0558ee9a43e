import { eventDetailSchemas, type ServiceEvent } from '@seenby/protocol/events/service-events.ts';
import { expect } from 'vitest';
import type { EventBus } from '../../../functions/events/event-bus.ts';
import { type Happened, publishEvents } from '../../../functions/events/publish-events.ts';
import type { Service } from '../../../functions/service/service.ts';

class Published implements EventBus {
  readonly events: ServiceEvent[] = [];
  async publish(events: readonly ServiceEvent[]): Promise<void> {
    this.events.push(...events);
  }
}

/** What is published of a stream batch; each event is as its schema says. */
export async function publishedOf(
  service: Service,
  happened: Partial<Happened>,
): Promise<ServiceEvent[]> {
  const bus = new Published();
  await publishEvents(service, bus, { sent: [], changes: [], reminders: [], ...happened });
  for (const { type, detail } of bus.events) {
    expect(eventDetailSchemas[type].safeParse(detail).error).toBeUndefined();
  }
  return bus.events;
}
