import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/**
 * Runs a command that ends when descriptor 3 closes. The kernel closes it when this process dies, even
 * by kill -9. Neither Java nor Docker watches for that, so a shell waits beside the command. A container
 * is removed by its own name: Docker does not end it with the command that started it. It goes first: the
 * end of the command is the end of the watcher.
 */
const script = `
stop() {
  if [ -n "$container" ]; then docker rm --force "$container" >/dev/null 2>&1; fi
  kill "$child" 2>/dev/null
}
container=$1; shift
"$@" 3<&- & child=$!
{ read -r _ <&3; stop; } & watcher=$!
trap stop TERM INT
wait "$child"; status=$?
kill "$watcher" 2>/dev/null
exit $status`;

/** What to run, as data. */
export interface Command {
  program: string;
  args: readonly string[];
  cwd?: string;
  /** The name of the container that the command starts, if it starts one. */
  container?: string;
}

export interface BoundProcess {
  /** Resolves with what it printed, once it has ended. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  stop(): Promise<void>;
  /** SIGKILL, as if the machine lost its power. What Docker runs goes on. */
  kill(): Promise<void>;
}

/** Starts a process that ends with this one, however this one ends. */
export function startBound({ program, args, cwd, container = '' }: Command): BoundProcess {
  const child = spawn('/bin/sh', ['-c', script, 'sh', container, program, ...args], {
    ...(cwd !== undefined && { cwd }),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // Its own process group: a Ctrl-C is for the local cloud, which stops its parts in order.
    detached: true,
  });
  let hasEnded = false;
  const ended = outputUntilEnd(child).finally(() => {
    hasEnded = true;
  });
  return {
    ended,
    hasEnded: () => hasEnded,
    async stop() {
      (child.stdio[3] as Writable).destroy();
      await ended;
    },
    async kill() {
      if (!hasEnded && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      await ended;
    },
  };
}

function outputUntilEnd(child: ChildProcess): Promise<string> {
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-4096);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  // The shell may be gone before it read the descriptor: then the write end reports EPIPE.
  (child.stdio[3] as Writable).on('error', () => {});
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(String(error)));
    child.once('close', () => resolve(output));
  });
}
