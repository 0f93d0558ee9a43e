/**
 * How a webhook request is signed: by the rules of Standard Webhooks (standardwebhooks.com), for which there are
 * libraries in many languages.
 */

export const webhookHeaders = {
  /** The id of the event. */
  id: 'webhook-id',
  /** When this attempt was made, in epoch seconds. */
  timestamp: 'webhook-timestamp',
  /** `v1,<signature>`, in base64; several of them with spaces between. */
  signature: 'webhook-signature',
} as const;

/** HMAC with SHA-256. */
export const signatureVersion = 'v1';

/** What may stand before a secret, which is base64 otherwise. */
const secretPrefix = 'whsec_';

/** A shorter secret, decoded, signs nothing. */
export const minSecretBytes = 24;

/** The key of the HMAC; undefined where the secret is no base64, or too short. */
export function keyOfSecret(secret: string): Uint8Array | undefined {
  const text = secret.startsWith(secretPrefix) ? secret.slice(secretPrefix.length) : secret;
  try {
    const key = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return key.length >= minSecretBytes ? key : undefined;
  } catch {
    return undefined;
  }
}

/** What the signature is of: neither the event nor the time of the attempt can be another one. */
export const signedText = (id: string, timestamp: string, body: string): string =>
  `${id}.${timestamp}.${body}`;
