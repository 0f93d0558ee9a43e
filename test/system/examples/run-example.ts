import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closeServer, listen } from '@seenby/local-cloud/gateway/listen.ts';
import { afterFile } from '../../support/after-file.ts';
import { service } from '../../support/wire/service.ts';

const projectDir = fileURLToPath(new URL('../../../', import.meta.url));
const copiesDir = join(projectDir, '.local', 'examples');

export interface RunningExample {
  /** Where its page is. */
  url: string;
  /** Resolves with the first line of its output that has this, also one that came before. */
  printed(text: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Copies an example, for the service that the tests run. The addresses are those it was written with; `changes` are
 * other texts to replace. It stays within the project, where its packages are found.
 */
export function copyExample(
  name: string,
  { httpUrl, wsUrl } = { httpUrl: service.httpUrl, wsUrl: service.wsUrl },
  changes: Record<string, string> = {},
): string {
  mkdirSync(copiesDir, { recursive: true });
  const dir = mkdtempSync(join(copiesDir, `${name}-`));
  afterFile(() => rmSync(dir, { recursive: true, force: true }));
  cpSync(join(projectDir, 'examples', name), dir, {
    ...{ recursive: true, filter: (path) => !/node_modules|dist$/.test(basename(path)) },
  });
  const replaced = { 'http://localhost:3000': httpUrl, 'ws://localhost:3001': wsUrl, ...changes };
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) replaceIn(path, replaced);
  }
  return dir;
}

function replaceIn(path: string, changes: Record<string, string>): void {
  const text = readFileSync(path, 'utf8');
  const changed = Object.entries(changes).reduce(
    (all, [from, to]) => all.replaceAll(from, to),
    text,
  );
  if (changed !== text) writeFileSync(path, changed);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0, 'PORT');
  await closeServer(server);
  return port;
}

/** Runs a script of a copied example with npm, as a reader does, until the test file ends. */
export async function runExample(
  dir: string,
  script: string,
  env: Record<string, string> = {},
  args: readonly string[] = [],
): Promise<RunningExample> {
  const port = env.PORT ?? (await freePort());
  const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
    ...{ cwd: dir, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
    // With colours, as in continuous integration, no line would have the text that is waited for.
    env: { ...process.env, NO_COLOR: '1', PORT: String(port), ...env },
  });
  afterFile(() => stop(child));
  const output = linesOf(child);
  return {
    url: `http://127.0.0.1:${port}`,
    printed: output,
    stop: async () => {
      stop(child);
      await once(child, 'exit');
    },
  };
}

/** npm, its shell and what runs in it are one process group. */
function stop({ pid, exitCode, signalCode }: ChildProcess): void {
  const hasEnded = exitCode !== null || signalCode !== null;
  if (pid !== undefined && !hasEnded) process.kill(-pid, 'SIGTERM');
}

function linesOf(child: ChildProcess) {
  let text = '';
  const waiting = new Set<() => void>();
  const take = (chunk: string) => {
    text += chunk;
    for (const look of waiting) look();
  };
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', take);
  return (part: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const line = text.split('\n').find((each) => each.includes(part));
        if (line === undefined) return;
        waiting.delete(look);
        resolve(line);
      };
      waiting.add(look);
      child.once('exit', () => reject(new Error(`The example ended without "${part}":\n${text}`)));
      look();
    });
}
