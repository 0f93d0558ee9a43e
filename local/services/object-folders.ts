import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { readBody } from '../gateway/read-body.ts';

/** S3 takes five gigabytes at once; nothing here comes near. */
const maxObjectBytes = 512 * 1024 * 1024;

/** S3's object calls, path style, on a folder per bucket. */
export class ObjectFolders {
  readonly #dir: string;
  readonly #buckets: ReadonlySet<string>;

  constructor(dir: string, buckets: readonly string[]) {
    this.#dir = dir;
    this.#buckets = new Set(buckets);
  }

  /** @param path `<bucket>/<key>`, percent-encoded as it came. */
  async handle(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [bucket = '', ...key] = decodeURIComponent(path).split('/');
    if (!this.#buckets.has(bucket)) return refuse(response, 404, 'NoSuchBucket');
    if (key.some((part) => part === '' || part === '.' || part === '..')) {
      return refuse(response, 400, 'InvalidURI');
    }
    const file = join(this.#dir, bucket, ...key);
    if (request.method === 'PUT') return put(file, request, response);
    if (request.method === 'GET') return get(file, response);
    return refuse(response, 501, 'NotImplemented');
  }
}

async function put(
  file: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, maxObjectBytes);
  if (body === 'tooLarge') return refuse(response, 400, 'EntityTooLarge');
  // Streams come in signed chunks, which nobody here takes apart.
  if (request.headers['content-encoding']?.includes('aws-chunked')) {
    return refuse(response, 501, 'NotImplemented');
  }
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, body);
  response.writeHead(200, { etag: etagOf(body), 'content-length': 0 }).end();
}

async function get(file: string, response: ServerResponse): Promise<void> {
  try {
    const body = await readFile(file);
    response.writeHead(200, { etag: etagOf(body), 'content-length': body.length }).end(body);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    refuse(response, 404, 'NoSuchKey');
  }
}

const etagOf = (body: Buffer): string => `"${createHash('md5').update(body).digest('hex')}"`;

function refuse(response: ServerResponse, status: number, code: string): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
}
