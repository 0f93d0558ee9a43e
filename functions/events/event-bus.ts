import type { ServiceEvent } from '@seenby/protocol/events/service-events.ts';

/** Where events go. MUST throw unless all of them were taken. */
export interface EventBus {
  publish(events: readonly ServiceEvent[]): Promise<void>;
}
