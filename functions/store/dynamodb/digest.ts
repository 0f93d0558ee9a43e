import { createHash } from 'node:crypto';

/** A short fingerprint of some content. */
export const digestOf = (...parts: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
