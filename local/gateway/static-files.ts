import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { urlOf } from './request-values.ts';

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

/** Serves the files of a folder on GET; answers false when there is none, and the caller goes on. */
export function createStaticFiles(
  folder: string,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const root = resolve(folder) + sep;
  return async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    const file = fileOf(root, urlOf(request)?.pathname);
    const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
    if (file === undefined || !found?.isFile()) return false;
    response.writeHead(200, {
      'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
      'content-length': found.size,
      'cache-control': 'no-cache',
    });
    if (request.method === 'HEAD') response.end();
    else createReadStream(file).pipe(response);
    return true;
  };
}

function fileOf(root: string, pathname: string | undefined): string | undefined {
  try {
    const path = decodeURIComponent(pathname ?? '');
    const file = join(root, path.endsWith('/') ? `${path}index.html` : path);
    return file.startsWith(root) && !file.includes('\0') ? file : undefined;
  } catch {
    return undefined;
  }
}
