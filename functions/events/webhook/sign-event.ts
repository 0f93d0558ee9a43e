import { createHmac } from 'node:crypto';
import {
  keyOfSecret,
  minSecretBytes,
  signatureVersion,
  signedText,
  webhookHeaders,
} from '@seenby/protocol/events/webhook.ts';
import type { WebhookEvent } from './webhook-event.ts';

/**
 * The headers that prove where a request comes from, and when it was made.
 *
 * @throws where the secret is none.
 */
export function signatureOf(
  { id, body }: WebhookEvent,
  secret: string,
  nowMs: number,
): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  const hmac = createHmac('sha256', keyOf(secret)).update(signedText(id, timestamp, body));
  return {
    [webhookHeaders.id]: id,
    [webhookHeaders.timestamp]: timestamp,
    [webhookHeaders.signature]: `${signatureVersion},${hmac.digest('base64')}`,
  };
}

function keyOf(secret: string): Uint8Array {
  const key = keyOfSecret(secret);
  if (key) return key;
  throw new Error(`The secret of the webhook is not base64 of ${minSecretBytes} bytes or more.`);
}
