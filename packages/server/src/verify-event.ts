import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SeenbyEvent } from '@seenby/protocol/events/service-events.ts';
import {
  keyOfSecret,
  minSecretBytes,
  signatureVersion,
  signedText,
  webhookHeaders,
} from '@seenby/protocol/events/webhook.ts';

export interface VerifyOptions {
  /** How long ago the request may have been made, or how far in the future by your clock: 300 by default. */
  maxAgeSeconds?: number;
  /** Epoch milliseconds; `Date.now` by default. */
  clock?: () => number;
}

/**
 * Why a request is refused: nothing shows that it is from Seenby. `malformed`: a header is missing, or the body is no event.
 * `bad signature`: none of the secrets has signed this body with this id and time. `too old`: signed, but too long ago, or
 * in the future by your clock; somebody may be sending an old request again.
 */
export type EventRefusalReason = 'malformed' | 'bad signature' | 'too old';

export interface VerifiedEvent {
  outcome: 'verified';
  event: SeenbyEvent;
}

export interface EventRefusal {
  outcome: 'refused';
  reason: EventRefusalReason;
  /** A sentence for your log. */
  message: string;
}

/** `Headers` of the Fetch API. */
export interface FetchHeaders {
  get(name: string): string | null;
}

/** `request.headers` of Node; names may have capitals. */
export type NodeHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export type RequestHeaders = FetchHeaders | NodeHeaders;

const refuse = (reason: EventRefusalReason, message: string): EventRefusal => ({
  ...{ outcome: 'refused', reason, message },
});

/**
 * Whether a webhook request is from your Seenby, and the event that it brings. A request that is refused should be
 * answered with 400: Seenby sends the event again, with a new time.
 *
 * @param rawBody as it came, before anything has parsed it.
 * @param secret that of the output `WebhookSecretArn`. While it is replaced: both, the new one and the old one.
 * @throws TypeError where a secret is none: that is a mistake of yours, and no request could pass.
 */
export function verifyEvent(
  rawBody: string | Uint8Array,
  headers: RequestHeaders,
  secret: string | readonly string[],
  { maxAgeSeconds = 300, clock = Date.now }: VerifyOptions = {},
): VerifiedEvent | EventRefusal {
  const keys = [secret].flat().map(keyOf);
  const [id, timestamp, signatures] = Object.values(webhookHeaders).map((name) =>
    headerOf(headers, name),
  );
  if (!id || !timestamp || !signatures) {
    return refuse(
      'malformed',
      `A webhook request has ${Object.values(webhookHeaders).join(', ')}.`,
    );
  }
  const body = textOf(rawBody);
  if (body === undefined) return refuse('malformed', notRaw);
  const text = signedText(id, timestamp, body);
  if (!isSigned(text, signatures, keys)) {
    return refuse('bad signature', 'No secret has signed this body with this id and time.');
  }
  const ageSeconds = clock() / 1000 - Number(timestamp);
  if (!(Math.abs(ageSeconds) <= maxAgeSeconds)) {
    return refuse('too old', `The request was made ${Math.round(ageSeconds)} seconds ago.`);
  }
  const event = eventIn(body);
  if (event?.id !== id)
    return refuse('malformed', 'The body is no event with the id of the header.');
  return { outcome: 'verified', event };
}

/** Undefined for what a server has parsed, or left out because of another content type. */
function textOf(rawBody: unknown): string | undefined {
  if (typeof rawBody === 'string') return rawBody;
  return rawBody instanceof Uint8Array ? new TextDecoder().decode(rawBody) : undefined;
}

const notRaw = 'The body is neither text nor bytes: it has to be as it came, and not parsed.';

function keyOf(secret: string): Uint8Array {
  const key = keyOfSecret(secret);
  if (key) return key;
  throw new TypeError(`A secret is base64 of ${minSecretBytes} bytes or more.`);
}

function headerOf(headers: RequestHeaders, name: string): string | undefined {
  if (isFetchHeaders(headers)) return headers.get(name) ?? undefined;
  const key = Object.keys(headers).find((each) => each.toLowerCase() === name) ?? name;
  const value = headers[key];
  return typeof value === 'string' ? value : value?.[0];
}

const isFetchHeaders = (headers: RequestHeaders): headers is FetchHeaders =>
  typeof headers.get === 'function';

/** Several may stand there, of other versions too. Each comparison takes the same time, wherever they differ. */
function isSigned(text: string, signatures: string, keys: readonly Uint8Array[]): boolean {
  const given = signatures
    .split(' ')
    .filter((one) => one.startsWith(`${signatureVersion},`))
    .map((one) => Buffer.from(one.slice(signatureVersion.length + 1), 'base64'));
  const wanted = keys.map((key) => createHmac('sha256', key).update(text).digest());
  return wanted.some((one) =>
    given.some((other) => one.length === other.length && timingSafeEqual(one, other)),
  );
}

function eventIn(body: string): SeenbyEvent | undefined {
  try {
    const event: unknown = JSON.parse(body);
    return isEvent(event) ? event : undefined;
  } catch {
    return undefined;
  }
}

/** What is signed is as the service made it: newer versions may have more fields and types. */
function isEvent(value: unknown): value is SeenbyEvent {
  const { id, type, at, detail } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof id === 'string' &&
    typeof type === 'string' &&
    typeof at === 'number' &&
    typeof detail === 'object' &&
    detail !== null
  );
}
