import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

const mainFile = join(import.meta.dirname, '../../../demo/simulator/main.ts');

function start(env: Record<string, string>) {
  return spawn(process.execPath, [mainFile], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

it('prints its port, answers there, and ends with its stdin', async () => {
  // Nobody is there: it asks the cloud for nothing until it is asked.
  const child = start({ SIMULATOR_HTTP_URL: 'http://127.0.0.1:9', SIMULATOR_WS_URL: 'ws://x' });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { port } = JSON.parse(line) as { port: number };
  const response = await fetch(`http://127.0.0.1:${port}/dev/simulator`);
  expect([response.status, await response.json()]).toEqual([
    200,
    { loadGroup: null, demoGroup: null },
  ]);
  const exit = once(child, 'exit');
  child.stdin.end();
  expect(await exit).toEqual([0, null]);
});

it('says which address is missing', async () => {
  const child = start({ SIMULATOR_HTTP_URL: '', SIMULATOR_WS_URL: '' });
  const [error] = (await once(child.stderr, 'data')) as [Buffer];
  const [code] = await once(child, 'exit');
  expect(code).not.toBe(0);
  expect(String(error)).toContain('SIMULATOR_HTTP_URL');
});
