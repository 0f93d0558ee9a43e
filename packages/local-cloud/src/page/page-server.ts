import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname } from 'node:path';
import { urlOf } from '../gateway/request-values.ts';
import type { Template } from '../template/template.ts';
import { type BucketContents, type DeployedFile, readBucketContents } from './bucket-contents.ts';
import { type Answer, Compression } from './compression.ts';
import type { Distribution } from './distribution.ts';
import { replaceMarkers } from './markers.ts';
import type { RequestFunction } from './request-function.ts';

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

const typeOf = (path: string): string => contentTypes[extname(path)] ?? 'application/octet-stream';

/** A distribution: serves the files that the template's deployments put into its bucket. */
export class PageServer {
  readonly #distribution: Distribution;
  readonly #contents: BucketContents;
  readonly #rewrite: (text: string) => string;
  readonly #compression = new Compression();

  /** @param rewrite Maps the addresses of a deployment to those on this machine. */
  constructor(template: Template, distribution: Distribution, rewrite: (text: string) => string) {
    this.#distribution = distribution;
    this.#contents = readBucketContents(template, distribution.bucketName);
    this.#rewrite = rewrite;
  }

  /** Answers GET of a deployed file; false for anything else, and the caller goes on. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const asked = this.#ask(request.method, urlOf(request)?.pathname ?? '');
    if ('status' in asked) {
      response.writeHead(asked.status, { ...asked.headers, 'content-length': 0 }).end();
      return true;
    }
    const file = this.#find(asked.uri);
    if (!file) return false;
    const { headers, body } = await this.#answer(file, request);
    response.writeHead(200, { ...this.#headersFor(file, request), ...headers });
    response.end(request.method === 'HEAD' ? undefined : body);
    return true;
  }

  async #answer(file: DeployedFile, request: IncomingMessage): Promise<Answer> {
    const { markers, path } = file;
    // What the synthesis knew has no marker: an address may be in any file that is data.
    const hasText = markers.length > 0 || extname(path) === '.json';
    const body = hasText ? Buffer.from(await this.#render(file, request)) : await readFile(path);
    const accepted = this.#distribution.compresses ? request.headers['accept-encoding'] : undefined;
    return this.#compression.apply(
      body,
      typeOf(path),
      accepted?.toString(),
      hasText ? undefined : path,
    );
  }

  #ask(method: string, uri: string): ReturnType<RequestFunction> {
    return this.#distribution.onRequest?.(method, uri) ?? { uri };
  }

  #find(pathname: string): DeployedFile | undefined {
    try {
      const key = decodeURIComponent(pathname).slice(1);
      return this.#contents.get(key === '' ? this.#distribution.rootObject : key);
    } catch {
      return undefined;
    }
  }

  async #render({ path, markers }: DeployedFile, request: IncomingMessage): Promise<string> {
    return this.#withHostOf(request, replaceMarkers(await readFile(path, 'utf8'), markers));
  }

  #headersFor({ path, cacheControl }: DeployedFile, request: IncomingMessage) {
    const headers = Object.entries(this.#distribution.headers);
    return {
      'content-type': typeOf(path),
      ...(cacheControl !== undefined && { 'cache-control': cacheControl }),
      ...Object.fromEntries(headers.map(([name, text]) => [name, this.#withHostOf(request, text)])),
    };
  }

  /** The page at `localhost` is to call `localhost`: to a browser 127.0.0.1 is another site. */
  #withHostOf(request: IncomingMessage, text: string): string {
    const hostname = URL.parse(`http://${request.headers.host}`)?.hostname ?? '127.0.0.1';
    return this.#rewrite(text).replaceAll('//127.0.0.1:', `//${hostname}:`);
  }
}
