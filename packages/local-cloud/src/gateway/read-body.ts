import type { IncomingMessage } from 'node:http';

/** The whole body, or `tooLarge` once it passes the limit (the rest is drained, so that the caller gets its answer). */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'tooLarge'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve, reject) => {
    // Not `for await`, which takes longer than all the rest of a small request.
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBytes) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.once('end', () => resolve(bytes <= maxBytes ? Buffer.concat(chunks) : 'tooLarge'));
    request.once('error', reject);
    request.once('close', () => reject(new Error('the request ended half-way')));
  });
}
