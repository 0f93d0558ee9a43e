import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHttpServer } from '../../../local/gateway/http-server.ts';
import { closeServer, listen } from '../../../local/gateway/listen.ts';
import { respondJson } from '../../../local/gateway/respond.ts';
import { createStaticFiles } from '../../../local/gateway/static-files.ts';

const above = mkdtempSync(join(tmpdir(), 'static-'));
mkdirSync(join(above, 'web', 'sub'), { recursive: true });
writeFileSync(join(above, 'secret.txt'), 'secret');
writeFileSync(join(above, 'web', 'index.html'), '<p>hello</p>');
writeFileSync(join(above, 'web', 'app.js'), 'let a;');

const serve = createStaticFiles(join(above, 'web'));
const server = createHttpServer(
  async (incoming, response) => {
    if (!(await serve(incoming, response))) respondJson(response, 404, {});
  },
  () => {},
);
let port: number;
beforeAll(async () => {
  port = await listen(server, 0, 'PORT');
});
afterAll(() => closeServer(server));

it.each([
  ['GET', '/', 200, 'text/html; charset=utf-8'],
  ['GET', '/app.js', 200, 'text/javascript; charset=utf-8'],
  ['HEAD', '/app.js', 200, 'text/javascript; charset=utf-8'],
  ['POST', '/app.js', 404, 'application/json'],
  ['GET', '/sub', 404, 'application/json'],
  ['GET', '/../secret.txt', 404, 'application/json'],
  ['GET', '/..%2fsecret.txt', 404, 'application/json'],
  ['GET', '/%00', 404, 'application/json'],
  ['GET', '/%E0%A4%A', 404, 'application/json'],
])('%s %s is %i', async (method, path, status, type) => {
  const answer = await new Promise<[number | undefined, string | undefined]>((resolve, reject) => {
    // Not fetch, which would tidy the path.
    request({ port, method, path }, (response) => {
      const { statusCode, headers } = response.resume();
      resolve([statusCode, headers['content-type']]);
    })
      .on('error', reject)
      .end();
  });
  expect(answer).toEqual([status, type]);
});
