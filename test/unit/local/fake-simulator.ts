import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterFile } from '../../support/after-file.ts';

/** A script with this code, to be started as a simulator, for as long as the test file runs. */
export function writeEntry(code: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  afterFile(() => rmSync(folder, { recursive: true }));
  const entry = join(folder, 'entry.mjs');
  writeFileSync(entry, code);
  return entry;
}

/** Does what is asked of a simulator: says where it listens, and ends when its stdin does. */
export const fakeSimulator = `
import { createServer } from 'node:http';
import { getPriority } from 'node:os';
const { SIMULATOR_HTTP_URL: httpUrl, SIMULATOR_WS_URL: wsUrl } = process.env;
const server = createServer(async (request, response) => {
  const { method, url, headers } = request;
  if (url === '/dev/simulator/die') process.exit(1);
  if (url === '/dev/simulator/stream') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
    request.on('close', () => console.error('left'));
    request.on('close', () => response.end());
    return setTimeout(() => response.write('data: one\\n\\n'), 50);
  }
  let body = '';
  for await (const chunk of request) body += chunk;
  const answer = { method, url, type: headers['content-type'], body };
  Object.assign(answer, { httpUrl, wsUrl, pid: process.pid, priority: getPriority() });
  response.writeHead(201, { 'x-simulator': 'yes' }).end(JSON.stringify(answer));
});
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port }));
  console.log('more');
  console.error('listening');
});
process.stdin.on('end', () => process.exit()).resume();
`;
