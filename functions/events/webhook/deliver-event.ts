import { logWarning } from '../../runtime/log.ts';
import type { PostEvent } from './post-event.ts';
import { pauseAfter } from './retry-pause.ts';
import { toWebhookEvent } from './webhook-event.ts';

export interface Webhook {
  post: PostEvent;
  /** MAY throw where Secrets Manager does not answer. */
  secret: () => Promise<string>;
  /** Hides a message of the queue for a while from now on. MAY throw. */
  holdBack: (receiptHandle: string, ms: number) => Promise<void>;
  /** From 0 up to 1. */
  random: () => number;
}

/** An event in the queue. */
export interface QueuedEvent {
  body: string;
  receiptHandle: string;
  /** Attempts so far, this one included. */
  attempts: number;
}

/** Whether the receiver took the event. If not, it stays in the queue and is hidden until the next attempt. */
export async function deliverEvent(
  webhook: Webhook,
  { body, receiptHandle, attempts }: QueuedEvent,
): Promise<boolean> {
  const event = toWebhookEvent(body);
  const posted = await webhook.post(event, await webhook.secret());
  if (posted.outcome === 'taken') return true;
  const { why, retryAfterMs } = posted;
  const pauseMs = pauseAfter(attempts, retryAfterMs, webhook.random);
  logWarning('an event was not taken', { eventId: event.id, why, attempts, pauseMs });
  await webhook.holdBack(receiptHandle, pauseMs);
  return false;
}
