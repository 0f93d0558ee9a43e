/** EventBridge takes ten events a request, and 256 KB with names and times. */
const maxEntries = 10;
const maxBytes = 240_000;

/** The entries in as few requests as they fit, in order. */
export function inRequests<T extends { Detail?: string | undefined }>(
  entries: readonly T[],
): T[][] {
  const requests: T[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = Buffer.byteLength(entry.Detail ?? '') + 500;
    const last = requests.at(-1);
    if (last && last.length < maxEntries && bytes + size <= maxBytes) {
      last.push(entry);
      bytes += size;
    } else {
      requests.push([entry]);
      bytes = size;
    }
  }
  return requests;
}
