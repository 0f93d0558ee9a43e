import type { IncomingMessage } from 'node:http';

/** The whole body, or `tooLarge` once it passes the limit (the rest is drained, so that the caller gets its answer). */
export async function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | 'tooLarge'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= maxBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  return bytes <= maxBytes ? Buffer.concat(chunks) : 'tooLarge';
}
