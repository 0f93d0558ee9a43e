import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { SimulatorState } from '../../demo/simulator/api.ts';

const mainFile = join(import.meta.dirname, '../../demo/simulator/main.ts');

export interface SimulatorProcess {
  pid: number | undefined;
  call<T>(method: string, path: string, body?: object): Promise<T>;
  state(): Promise<SimulatorState>;
  stop(): Promise<void>;
}

/** The simulator as the local cloud runs it, with somebody who watches. */
export async function startSimulator(httpUrl: string, wsUrl: string): Promise<SimulatorProcess> {
  const child = spawn(process.execPath, [mainFile], {
    env: { ...process.env, SIMULATOR_HTTP_URL: httpUrl, SIMULATOR_WS_URL: wsUrl },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface(child.stdout), 'line');
  const url = `http://127.0.0.1:${JSON.parse(line).port}/dev/simulator`;
  const watching = watch(`${url}/events`);
  return {
    pid: child.pid,
    call: (method, path, body) => call(url + path, method, body),
    state: () => call(url, 'GET'),
    async stop() {
      watching.abort();
      await end(child);
    },
  };
}

function watch(url: string): AbortController {
  const controller = new AbortController();
  const drain = async () => {
    const response = await fetch(url, { signal: controller.signal });
    for await (const _ of response.body ?? []);
  };
  // The end of the simulator is the end of watching.
  drain().catch(() => {});
  return controller;
}

async function call<T>(url: string, method: string, body?: object): Promise<T> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: HTTP ${response.status} ${text}`);
  return JSON.parse(text) as T;
}

async function end(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit');
  child.stdin?.end();
  await exit;
}
