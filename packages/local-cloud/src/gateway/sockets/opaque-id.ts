import { randomBytes } from 'node:crypto';

/**
 * An id in the shape API Gateway gives connections, messages and requests: 11 random bytes in
 * base64, so it always ends in `=` and breaks clients that forget to encode it in a URL.
 */
export function createOpaqueId(): string {
  return `${randomBytes(11).toString('base64url')}=`;
}
