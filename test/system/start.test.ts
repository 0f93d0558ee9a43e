import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { closeServer, listen } from '@seenby/local-cloud/gateway/listen.ts';
import { localToken, SeenbyServer, verifyEvent } from '@seenby/server';
import { expect, it } from 'vitest';
import { EventReceiver } from '../support/service/event-receiver.ts';
import { fetchToken } from '../support/wire/http.ts';
import { WireClient } from '../support/wire/wire-client.ts';

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

interface Use {
  options?: readonly string[];
  env?: Record<string, string>;
  /** What else is done with it. */
  act?: (httpUrl: string) => Promise<void>;
}

/** Starts it and uses it: a page, a group, a frame, a wrong token. What it printed until it ended. */
async function use({ options = [], env = {}, act }: Use = {}): Promise<string[]> {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'start', ...options], {
    cwd: projectDir,
    env: { ...process.env, PORT: '0', WS_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface(stream).on('line', (line) => {
        lines.push(line);
        if (line.includes('Ready')) resolve();
      });
    }
  });
  const exit = once(child, 'exit');
  await Promise.race([ready, exit]);
  const at = (name: string) =>
    /\w+:\/\/\S+/.exec(lines.find((line) => line.includes(name)) ?? '')?.[0] ?? '';
  const [httpUrl, wsUrl] = [at('HTTP'), at('WebSocket')];
  expect((await fetch(httpUrl)).headers.get('content-type')).toContain('text/html');
  const client = await WireClient.open(wsUrl, await fetchToken(httpUrl, 'alice'));
  expect(await client.reply({ type: 'hello' })).toMatchObject({ userId: 'alice' });
  await expect(WireClient.open(wsUrl, 'no token')).rejects.toThrow();
  client.vanish();
  await act?.(httpUrl);
  child.kill('SIGTERM');
  await exit;
  return lines;
}

it('prints five lines, and nothing more while nothing goes wrong', async () => {
  expect(await use()).toEqual([
    'Starting Seenby …',
    expect.stringMatching(/^Page and HTTP {2}http:\/\/localhost:\d+$/),
    expect.stringMatching(/^WebSocket {6}ws:\/\/localhost:\d+$/),
    expect.stringMatching(/^DynamoDB {7}http:\/\/\S+:\d+$/),
    'Ready. What goes wrong is printed here. Ctrl-C stops everything.',
  ]);
});

it('[EV2] posts events to WEBHOOK_URL, signed with WEBHOOK_SECRET, and prints each invocation with --verbose', async () => {
  const receiver = await EventReceiver.start();
  const secret = 'x'.repeat(44);
  const address = `${receiver.origin}/seenby`;
  const lines = await use({
    options: ['--verbose'],
    env: { WEBHOOK_URL: address, WEBHOOK_SECRET: secret },
    act: async (url) => {
      const seenby = new SeenbyServer({ url, getToken: () => localToken(url) });
      const group = { groupId: 'room', name: 'Room', ownerId: 'ann', memberIds: ['bob'] };
      await seenby.createGroup(group);
      await expect.poll(() => receiver.requests.length).toBe(2);
    },
  });
  await receiver.close();
  const joined = receiver.requests.map(({ body, headers }) => {
    const verified = verifyEvent(body, headers, secret);
    return verified.outcome === 'verified' && verified.event.detail;
  });
  expect(joined).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ userId: 'ann', change: 'joined', role: 'owner' }),
      expect.objectContaining({ userId: 'bob', change: 'joined', role: 'member' }),
    ]),
  );
  expect(lines).toContain(`Webhook        ${address}, signed with ${secret}`);
  expect(lines.filter((line) => /Socket +\d+ ms/.test(line)).length).toBeGreaterThan(0);
});
