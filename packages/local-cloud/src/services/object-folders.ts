import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import { readBody } from '../gateway/read-body.ts';
import type { Authorize } from '../permissions/permissions.ts';
import { arnOf } from '../template/physical-names.ts';

/** S3 takes five gigabytes at once; nothing here comes near. */
const maxObjectBytes = 512 * 1024 * 1024;

/** S3's object calls, path style, on a folder per bucket. */
export class ObjectFolders {
  readonly #dir: string;
  readonly #buckets: ReadonlySet<string>;
  readonly #authorize: Authorize;

  constructor(dir: string, buckets: readonly string[], authorize: Authorize) {
    this.#authorize = authorize;
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
    const refusal = this.#authorize(request.headers.authorization, {
      action: request.method === 'PUT' ? 's3:PutObject' : 's3:GetObject',
      resource: arnOf('AWS::S3::Bucket', [bucket, ...key].join('/')),
    });
    if (refusal !== undefined) return refuse(response, 403, 'AccessDenied', refusal);
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

function refuse(response: ServerResponse, status: number, code: string, message = code): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
}
