import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import type { Command } from './bound-process.ts';
import type { Runtime } from './runtimes.ts';

/** The version that npm's amplify-dynamodb-simulator ships, so that all ways behave alike. */
const image = 'amazon/dynamodb-local:1.25.1';
const portInContainer = 8000;
const dataInContainer = '/data';
/** Where a machine says nothing of its language, Java before 18 loses all letters but those of English. */
const inUtf8 = '-Dfile.encoding=UTF-8';

/** How DynamoDB Local is started. Without `dataDir` everything is in memory. */
export function emulatorCommand(runtime: Runtime, port: number, dataDir?: string): Command {
  return runtime.kind === 'java'
    ? javaCommand(runtime.program, port, dataDir)
    : dockerCommand(port, dataDir);
}

function javaCommand(program: string, port: number, dataDir: string | undefined): Command {
  return {
    ...{ program, cwd: emulatorDir() },
    args: [
      '-XX:+UseSerialGC',
      // The second compiler takes more of the processor than its code gives back within minutes.
      '-XX:TieredStopAtLevel=1',
      inUtf8,
      '-Djava.library.path=./DynamoDBLocal_lib',
      ...emulatorArguments(port, dataDir === undefined ? undefined : resolve(dataDir)),
    ],
  };
}

/** Reached on the loopback address only; whoever runs it owns the files that it writes. */
function dockerCommand(port: number, dataDir: string | undefined): Command {
  const container = `dynamodb-local-${randomUUID()}`;
  const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
  const mounted = ['--user', user, '--volume', `${resolve(dataDir ?? '')}:${dataInContainer}`];
  return {
    ...{ program: 'docker', container },
    args: [
      ...['run', '--rm', '--name', container],
      ...['--publish', `127.0.0.1:${port}:${portInContainer}`],
      ...['--env', `JAVA_TOOL_OPTIONS=${inUtf8}`],
      ...(dataDir === undefined ? [] : mounted),
      image,
      ...emulatorArguments(portInContainer, dataDir === undefined ? undefined : dataInContainer),
    ],
  };
}

function emulatorArguments(port: number, dataDir: string | undefined): string[] {
  return [
    ...['-jar', 'DynamoDBLocal.jar', '-disableTelemetry', '-sharedDb'],
    // By default it lets every web page read and write the tables.
    ...['-cors', 'http://localhost'],
    ...['-port', String(port)],
    ...(dataDir === undefined ? ['-inMemory'] : ['-dbPath', dataDir]),
  ];
}

function emulatorDir(): string {
  const packageFile = createRequire(import.meta.url).resolve(
    'amplify-dynamodb-simulator/package.json',
  );
  return join(dirname(packageFile), 'emulator');
}
