import { type ChildProcess, execFile, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/**
 * Runs a command that ends when descriptor 3 closes, which the kernel does for us when this process
 * dies, even by kill -9. Java itself watches nothing, so a shell waits beside it.
 */
const tetheredCommand = `
"$@" 3<&- & java=$!
{ read -r _ <&3; kill "$java"; } & watcher=$!
trap 'kill "$java"' TERM INT
wait "$java"; status=$?
kill "$watcher" 2>/dev/null
exit $status`;

export interface JavaProcess {
  /** Resolves with what it printed, once it has ended. */
  readonly ended: Promise<string>;
  hasEnded(): boolean;
  stop(): Promise<void>;
}

export function startJava(args: string[], cwd: string): JavaProcess {
  const child = spawn('/bin/sh', ['-c', tetheredCommand, 'sh', 'java', ...args], {
    cwd,
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
  };
}

function outputUntilEnd(child: ChildProcess): Promise<string> {
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-4096);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  // The shell may be gone before it read the tether: then the write end reports EPIPE.
  (child.stdio[3] as Writable).on('error', () => {});
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(String(error)));
    child.once('close', () => resolve(output));
  });
}

/** The major version of the Java on the PATH, or undefined if there is none. */
export function findJavaVersion(): Promise<number | undefined> {
  return new Promise((resolve) => {
    execFile('java', ['-version'], (error, _, stderr) => {
      // 1.8.0_392 and 17.0.15 both.
      const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(stderr) ?? [];
      resolve(error || first === undefined ? undefined : Number(first === '1' ? second : first));
    });
  });
}
