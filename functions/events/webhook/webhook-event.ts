import type { ServiceEvent } from '@seenby/protocol/events/service-events.ts';

/** An event as it is posted: its id, and the JSON of a `SeenbyEvent`. */
export interface WebhookEvent {
  id: string;
  body: string;
}

/** As EventBridge hands it to a queue. */
interface BusEvent {
  id: string;
  'detail-type': ServiceEvent['type'];
  /** ISO 8601, of whole seconds. */
  time: string;
  detail: ServiceEvent['detail'];
}

/** The id is the bus's: it stays the same however often the event is sent. */
export function toWebhookEvent(text: string): WebhookEvent {
  const { id, 'detail-type': type, time, detail } = JSON.parse(text) as BusEvent;
  return { id, body: JSON.stringify({ id, type, at: Date.parse(time), detail }) };
}
