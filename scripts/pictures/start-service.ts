import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface RunningService {
  /** Where the page is. */
  url: string;
  stop(): Promise<void>;
}

/** The service as `npm start` runs it, on free ports, once it is ready. */
export async function startService(): Promise<RunningService> {
  const child = spawn(process.execPath, ['demo/local/main.ts'], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, PORT: '0', WS_PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = Promise.withResolvers<string>();
  createInterface(child.stdout).on('line', (line) => {
    const [url] = /http:\/\/localhost:\d+/.exec(line) ?? [];
    if (url) ready.resolve(url);
  });
  child.once('exit', (code) => ready.reject(new Error(`The service ended with ${code}.`)));
  const url = await ready.promise;
  while (!(await fetch(`${url}/health`).catch(() => undefined))?.ok) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
