import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { closeServer, listen } from '@seenby/local-cloud/gateway/listen.ts';
import { expect, it } from 'vitest';

const projectDir = join(import.meta.dirname, '..', '..');

async function run(env: Record<string, string>) {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'start'], {
    cwd: projectDir,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [errors, [exitCode]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { errors, exitCode };
}

it.each(['x', '-1', '65536', '1.5'])('refuses PORT=%s in one sentence', async (PORT) => {
  expect(await run({ PORT })).toEqual({
    errors: `PORT is "${PORT}"; it must be a port from 0 to 65535.\n`,
    exitCode: 1,
  });
});

it('says at once that a port is taken', async () => {
  const server = createServer();
  const port = await listen(server, 0, 'PORT');
  const { errors, exitCode } = await run({ PORT: '0', WS_PORT: String(port) });
  expect(exitCode).toBe(1);
  expect(errors).toBe(
    `Port ${port} is already in use; stop what listens there or set WS_PORT to another port.\n`,
  );
  await closeServer(server);
});
