import { mkdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type BoundProcess, startBound } from './bound-process.ts';
import { emulatorCommand } from './emulator-command.ts';
import { findFreePort, isPortFree } from './free-port.ts';
import {
  DynamoDbLocalError,
  findRuntime,
  lacksJava,
  type Runtime,
  type RuntimeProbes,
  systemProbes,
} from './runtimes.ts';

export interface DynamoDbLocal {
  endpoint: string;
  stop(): Promise<void>;
}

/** One that runs in a process of its own. */
export interface DynamoDbProcess extends DynamoDbLocal {
  /** SIGKILL: with a `dataDir`, what it had answered is there at the next start. */
  kill(): Promise<void>;
}

export interface DynamoDbLocalOptions {
  port?: number;
  dataDir?: string;
  log?: (line: string) => void;
  /** For tests. */
  probes?: RuntimeProbes;
}

/**
 * Starts DynamoDB Local and waits until it answers. It ends with this process, however that ends.
 * Without `dataDir` everything is in memory; with it all writes answered are on disk. On Java it listens
 * on every interface: the jar has no setting for it. Throws DynamoDbLocalError when there is nothing to
 * run it on, or the port is taken.
 */
export async function startDynamoDbLocal(
  options: DynamoDbLocalOptions = {},
): Promise<DynamoDbProcess> {
  const { port, dataDir, log = () => {}, probes = systemProbes } = options;
  if (port !== undefined && !(await isPortFree(port))) throw portIsTaken(port);
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  // Most machines have Java. That it is missing shows by itself; to ask first would cost a start of it.
  const started = await start({ kind: 'java', program: 'java' }, options);
  if ('endpoint' in started) return started;
  if (!lacksJava(await probes.javaVersion())) throw started;
  const second = await start(await findRuntime(probes, log), options);
  if ('endpoint' in second) return second;
  throw second;
}

async function start(
  runtime: Runtime,
  { port: wanted, dataDir }: DynamoDbLocalOptions,
): Promise<DynamoDbProcess | DynamoDbLocalError> {
  // A free port may be taken by somebody else before DynamoDB Local gets to it.
  const attempts = wanted === undefined ? 3 : 1;
  for (let attempt = 1; ; attempt++) {
    const port = wanted ?? (await findFreePort());
    const database = startBound(emulatorCommand(runtime, port, dataDir));
    const endpoint = `http://127.0.0.1:${port}`;
    if (await answers(endpoint, database)) {
      return { endpoint, stop: () => database.stop(), kill: () => database.kill() };
    }
    const output = await database.ended;
    if (!isPortTaken(output)) return endedEarly(output);
    if (attempt === attempts) return portIsTaken(port);
  }
}

/** False if the process ended first. */
async function answers(endpoint: string, database: BoundProcess): Promise<boolean> {
  while (!database.hasEnded()) {
    const response = await fetch(endpoint).catch(() => undefined);
    // Any status will do: an unsigned GET is a bad request.
    if (response !== undefined) {
      await response.body?.cancel();
      return true;
    }
    await wait(25);
  }
  return false;
}

const isPortTaken = (output: string): boolean =>
  /address already in use|port is already allocated/i.test(output);

const portIsTaken = (port: number): DynamoDbLocalError =>
  new DynamoDbLocalError(`Port ${port}, wanted for DynamoDB Local, is taken.`);

const endedEarly = (output: string): DynamoDbLocalError =>
  new DynamoDbLocalError(
    `DynamoDB Local ended before it answered: ${output.trim().split('\n').at(-1)}`,
  );
