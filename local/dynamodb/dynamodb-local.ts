import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findFreePort, isPortFree } from './free-port.ts';
import { findJavaVersion, type JavaProcess, startJava } from './java-process.ts';

export interface DynamoDbLocal {
  endpoint: string;
  stop(): Promise<void>;
}

/** DynamoDB Local cannot start. One clear sentence. */
export class DynamoDbLocalError extends Error {
  override readonly name = 'DynamoDbLocalError';
}

/**
 * Starts the DynamoDB Local that npm's amplify-dynamodb-simulator ships and waits until it answers.
 * It ends with this process, however that ends. Without `dataDir` everything is in memory; with it
 * all writes answered are on disk. It listens on every interface: the jar has no setting for it.
 * Throws DynamoDbLocalError when Java is missing or older than 11 or the port is taken.
 */
export async function startDynamoDbLocal(
  options: { port?: number; dataDir?: string } = {},
): Promise<DynamoDbLocal> {
  if (options.port !== undefined && !(await isPortFree(options.port))) {
    throw new DynamoDbLocalError(`Port ${options.port}, wanted for DynamoDB Local, is taken.`);
  }
  // A free port may be taken by somebody else before Java gets to it.
  const attempts = options.port === undefined ? 3 : 1;
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await findFreePort());
    const java = startJava(javaArguments(port, options.dataDir), emulatorDir());
    const endpoint = `http://127.0.0.1:${port}`;
    if (await answers(endpoint, java)) return { endpoint, stop: () => java.stop() };
    const output = await java.ended;
    if (attempt < attempts && isPortTaken(output)) continue;
    throw new DynamoDbLocalError(await explain(output, port));
  }
}

function emulatorDir(): string {
  const packageFile = createRequire(import.meta.url).resolve(
    'amplify-dynamodb-simulator/package.json',
  );
  return join(dirname(packageFile), 'emulator');
}

function javaArguments(port: number, dataDir: string | undefined): string[] {
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });
  return [
    '-XX:+UseSerialGC',
    '-Djava.library.path=./DynamoDBLocal_lib',
    '-jar',
    'DynamoDBLocal.jar',
    '-disableTelemetry',
    '-sharedDb',
    // By default it lets every web page read and write the tables.
    ...['-cors', 'http://localhost'],
    ...['-port', String(port)],
    ...(dataDir === undefined ? ['-inMemory'] : ['-dbPath', resolve(dataDir)]),
  ];
}

/** False if the process ended first. */
async function answers(endpoint: string, java: JavaProcess): Promise<boolean> {
  while (!java.hasEnded()) {
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

function isPortTaken(output: string): boolean {
  return /address already in use/i.test(output);
}

async function explain(output: string, port: number): Promise<string> {
  const version = await findJavaVersion();
  if (version === undefined) {
    return 'Java is missing: DynamoDB Local needs Java 11 or newer on the PATH.';
  }
  if (version < 11) return `Java ${version} is too old: DynamoDB Local needs Java 11 or newer.`;
  if (isPortTaken(output)) return `Port ${port}, wanted for DynamoDB Local, is taken.`;
  return `DynamoDB Local ended before it answered: ${output.trim().split('\n').at(-1)}`;
}
