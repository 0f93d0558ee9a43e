import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createHttpServer } from '@seenby/local-cloud/gateway/http/http-server.ts';
import { closeServer, listen } from '@seenby/local-cloud/gateway/listen.ts';
import { respondJson } from '@seenby/local-cloud/gateway/respond.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { Simulator } from '../../../demo/local/simulator/simulator.ts';
import { patienceMs } from '../../support/time/patience.ts';
import { fakeSimulator, writeEntry } from './fake-simulator.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function open(code = fakeSimulator, startTimeoutMs?: number) {
  const lines: string[] = [];
  const simulator = new Simulator({
    ...{ entry: writeEntry(code), httpUrl: 'http://127.0.0.1:1', wsUrl: 'ws://127.0.0.1:2' },
    logLine: (line) => lines.push(line),
    stopGraceMs: 200,
    ...(startTimeoutMs !== undefined && { startTimeoutMs }),
  });
  const server = createHttpServer(
    async (request, response) => {
      if (!(await simulator.handle(request, response))) respondJson(response, 404, {});
    },
    (cause) => lines.push(String(cause)),
  );
  await listen(server, 0, 'PORT');
  closing.push(
    () => closeServer(server),
    () => simulator.stop(),
  );
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const send = (path: string, init?: RequestInit) => fetch(origin + path, init);
  const ask = async () => (await send('/dev/simulator')).json() as Promise<{ pid: number }>;
  return { simulator, lines, send, ask };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('requests', () => {
  it('reach the simulator as they came, and its answers come back', async () => {
    const { send } = await open();
    const response = await send('/dev/simulator/start?members=5', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
    });
    expect([response.status, response.headers.get('x-simulator')]).toEqual([201, 'yes']);
    expect(await response.json()).toMatchObject({
      ...{ method: 'POST', url: '/dev/simulator/start?members=5', type: 'application/json' },
      ...{ body: '{"a":1}', httpUrl: 'http://127.0.0.1:1', wsUrl: 'ws://127.0.0.1:2', priority: 5 },
    });
  });

  it('of other paths are left alone, and start nothing', async () => {
    const { send, lines } = await open('console.error("started")');
    for (const path of ['/', '/dev', '/dev/simulators', '/dev/token']) {
      expect((await send(path)).status).toBe(404);
    }
    expect(lines).toEqual([]);
  });

  it('get a stream as it comes, and end it when they hang up', async () => {
    const { send, lines } = await open();
    const { body, headers } = await send('/dev/simulator/stream');
    expect(headers.get('content-type')).toBe('text/event-stream');
    const reader = body?.getReader();
    const first = await reader?.read();
    expect(new TextDecoder().decode(first?.value)).toBe('data: one\n\n');
    await reader?.cancel();
    await expect.poll(() => lines).toContain('simulator  left');
  });
});

describe('the process', () => {
  it('is one for many requests, and started again when it has died', async () => {
    const { send, ask, lines } = await open();
    const [first, second] = await Promise.all([ask(), ask()]);
    expect(second.pid).toBe(first.pid);
    expect(lines).toEqual(['simulator  listening']);
    expect((await send('/dev/simulator/die')).status).toBe(503);
    await expect.poll(async () => (await ask()).pid).not.toBe(first.pid);
  });

  it.each([
    ['throw new Error("broken")', /^The simulator ended before it listened \(1\)\.$/, patienceMs],
    ['console.log("hello"); setInterval(() => {}, 1000)', /printed "hello", not/, patienceMs],
    ['setInterval(() => {}, 1000)', /did not say in time where it listens/, 500],
  ])('that cannot start is answered for with 503: %s', async (code, message, startsWithinMs) => {
    const { send, lines } = await open(code, startsWithinMs);
    const response = await send('/dev/simulator');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      error: { code: 'SIMULATOR_UNAVAILABLE', message: expect.stringMatching(message) },
    });
    if (code.includes('broken')) expect(lines.join()).toContain('Error: broken');
  });

  it('is stopped with the cloud, even if it does not listen to its stdin', async () => {
    const deaf = fakeSimulator.replace(/process\.stdin.*/, '');
    const [good, bad] = await Promise.all([open(), open(deaf)]);
    const pids = [(await good.ask()).pid, (await bad.ask()).pid];
    expect(pids.map(isAlive)).toEqual([true, true]);
    await Promise.all([good.simulator.stop(), bad.simulator.stop()]);
    expect(pids.map(isAlive)).toEqual([false, false]);
    expect((await good.send('/dev/simulator')).status).toBe(503);
  });

  it('does not outlive a cloud that is killed', async () => {
    const module = import.meta.resolve('../../../demo/local/simulator/simulator-process.ts');
    const options = { entry: writeEntry(fakeSimulator), httpUrl: 'http://a', wsUrl: 'ws://a' };
    const cloud = writeEntry(`
import { startSimulator } from '${module}';
const simulator = await startSimulator({ ...${JSON.stringify(options)}, logLine() {} });
const response = await fetch('http://127.0.0.1:' + simulator.port + '/dev/simulator');
console.log((await response.json()).pid);`);
    const parent = spawn(process.execPath, [cloud], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = Number(await once(parent.stdout, 'data'));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});
