import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export interface SimulatorProcess {
  port: number;
  /** Resolves when the process is gone, for whatever reason. */
  ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** It shares the machine with the page it moves: the page comes first. */
const niceness = 5;
const defaultStopGraceMs = 2000;

/**
 * Runs the script with the cloud's addresses in SIMULATOR_HTTP_URL and SIMULATOR_WS_URL. It prints
 * one line, `{"port":12345}`, once it listens on 127.0.0.1, and ends when its stdin closes: the
 * kernel closes it even when this process is killed. Rejects with one sentence.
 */
export async function startSimulator(options: {
  entry: string;
  httpUrl: string;
  wsUrl: string;
  logLine: (line: string) => void;
  startTimeoutMs?: number;
  /** How long it may go on once its stdin is closed, before it is killed; default 2 s. */
  stopGraceMs?: number;
}): Promise<SimulatorProcess> {
  const child = spawnScript(options);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(String(signal ?? code)));
  });
  const { stopGraceMs = defaultStopGraceMs } = options;
  const stop = async (): Promise<void> => {
    child.stdin?.end();
    const kill = setTimeout(() => child.kill('SIGKILL'), stopGraceMs);
    await ended.finally(() => clearTimeout(kill));
  };
  const failed = ended.then((how) => {
    throw new Error(`The simulator ended before it listened (${how}).`);
  });
  try {
    return {
      port: await Promise.race([readPort(child, options.startTimeoutMs), failed]),
      ended,
      stop,
    };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

function spawnScript({ entry, httpUrl, wsUrl, logLine }: Parameters<typeof startSimulator>[0]) {
  const child = spawn(process.execPath, [entry], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, SIMULATOR_HTTP_URL: httpUrl, SIMULATOR_WS_URL: wsUrl },
    // Its own process group: a Ctrl-C is for the local cloud, which stops its parts in order.
    detached: true,
  });
  // The process may be gone already; whoever waits for it is told by its end.
  child.stdin.on('error', () => {});
  if (child.pid !== undefined) lowerPriority(child.pid);
  linesOf(child.stderr).on('line', (line) => logLine(`simulator  ${line}`));
  return child;
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, niceness);
  } catch {
    // It runs all the same.
  }
}

async function readPort({ stdout }: ChildProcess, startTimeoutMs = 15_000): Promise<number> {
  const signal = AbortSignal.timeout(startTimeoutMs);
  const [line] = await once(linesOf(stdout as Readable), 'line', { signal }).catch((cause) => {
    throw new Error('The simulator did not say in time where it listens.', { cause });
  });
  const { port } = parse(line);
  if (Number.isInteger(port)) return port as number;
  throw new Error(`The simulator printed "${line}", not the port it listens on.`);
}

/** Reads to the end, so that the writer never stands still before a full pipe. */
function linesOf(input: Readable) {
  return createInterface({ input });
}

function parse(line: string): { port?: unknown } {
  try {
    return Object(JSON.parse(line));
  } catch {
    return {};
  }
}
