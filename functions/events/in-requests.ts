import { packed } from '../runtime/packed.ts';

/** EventBridge takes ten events a request, and 256 KB with names and times. */
const most = { items: 10, bytes: 240_000 };

/** The entries in as few requests as they fit, in order. */
export const inRequests = <T extends { Detail?: string | undefined }>(
  entries: readonly T[],
): T[][] => packed(entries, ({ Detail }) => Buffer.byteLength(Detail ?? '') + 500, most);
