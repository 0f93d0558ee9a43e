import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emulatorCommand } from '../../src/dynamodb/emulator-command.ts';
import { findFetchedJava } from '../../src/dynamodb/fetched-java.ts';
import {
  findRuntime,
  lacksJava,
  type RuntimeProbes,
  systemProbes,
} from '../../src/dynamodb/runtimes.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'runtimes-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

/** A machine that has nothing and reaches nobody, but for what is given. */
function machine(more: Partial<RuntimeProbes> = {}) {
  const lines: string[] = [];
  const probes: RuntimeProbes = {
    javaVersion: async () => undefined,
    fetchedJava: () => undefined,
    hasDockerEngine: async () => false,
    fetchJava: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })),
    ...more,
  };
  return { lines, find: () => findRuntime(probes, (line) => lines.push(line)) };
}
const fetched = { fetchedJava: () => '/cache/java' };
const docker = { hasDockerEngine: async () => true };
const online = { fetchJava: async () => '/cache/new/java' };

describe('without a Java on the PATH', () => {
  it.each([
    ['a Java fetched earlier', { ...fetched, ...docker, ...online }, '/cache/java', 0],
    ['a Docker engine', { ...docker, ...online }, undefined, 0],
    ['the network', online, '/cache/new/java', 1],
  ])('%s is used', async (_, has, program, lineCount) => {
    const { find, lines } = machine(has);
    expect(await find()).toEqual(program ? { kind: 'java', program } : { kind: 'docker' });
    expect(lines).toHaveLength(lineCount);
  });

  it.each([
    [undefined, 'none is on the PATH'],
    [8, 'the one on the PATH is 8'],
  ])('and any other way, one sentence names the three: Java %j', async (version, found) => {
    const { find } = machine({ javaVersion: async () => version });
    await expect(find()).rejects.toThrow(
      `DynamoDB Local needs Java 11 or newer and ${found}: install one, or start a Docker engine, or let this machine reach api.adoptium.net, from where a Java runtime is fetched once (now: ENOTFOUND).`,
    );
  });

  it('a whole start says so', async () => {
    symlinkSync('/bin/sh', join(dir, 'sh'));
    const source = new URL('../../src/dynamodb/dynamodb-local.ts', import.meta.url);
    const program = `
      const { startDynamoDbLocal } = await import(${JSON.stringify(source.href)});
      await startDynamoDbLocal().catch(({ name, message }) => console.log(name + ': ' + message));
    `;
    // Nobody listens where the proxy should be.
    const env = { PATH: dir, HTTPS_PROXY: 'http://127.0.0.1:1', NO_PROXY: '' };
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '-e', program],
      { env, cwd: dir },
    );
    expect(stdout).toMatch(
      /^DynamoDbLocalError: DynamoDB Local needs Java 11 .* \(now: ECONNREFUSED\)\.\n$/,
    );
  });
});

it.each([
  [undefined, true],
  [8, true],
  [11, false],
  [21, false],
])('Java %j is too old or missing: %j', (version, lacks) => {
  expect(lacksJava(version)).toBe(lacks);
});

it('sees the Java on the PATH', async () => {
  expect(await systemProbes.javaVersion()).toBeGreaterThanOrEqual(11);
});

it.each(['jdk-17-jre/bin', 'jdk-17-jre/Contents/Home/bin'])(
  'finds the Java that was fetched in %s',
  (binDir) => {
    expect(findFetchedJava(dir)).toBeUndefined();
    const runtimeDir = join(dir, 'jdk-17.0.15+6', binDir);
    mkdirSync(runtimeDir, { recursive: true });
    writeFileSync(join(runtimeDir, 'java'), '');
    expect(findFetchedJava(dir)).toBe(join(runtimeDir, 'java'));
  },
);

describe('the command', () => {
  const common = ['-jar', 'DynamoDBLocal.jar', '-disableTelemetry', '-sharedDb'];
  const cors = ['-cors', 'http://localhost'];

  it('for Java runs the jar among the dependencies', () => {
    const command = emulatorCommand({ kind: 'java', program: '/cache/java' }, 4000, '/data/here');
    expect(command).toEqual({
      program: '/cache/java',
      cwd: expect.stringMatching(/amplify-dynamodb-simulator\/emulator$/),
      args: [
        ...[
          '-XX:+UseSerialGC',
          '-XX:TieredStopAtLevel=1',
          '-Dfile.encoding=UTF-8',
          '-Djava.library.path=./DynamoDBLocal_lib',
        ],
        ...[...common, ...cors, '-port', '4000', '-dbPath', '/data/here'],
      ],
    });
  });

  it('for Docker runs the image of the same version on a loopback port', () => {
    const command = emulatorCommand({ kind: 'docker' }, 4000);
    expect(command).toEqual({
      program: 'docker',
      container: expect.stringMatching(/^dynamodb-local-[0-9a-f-]{36}$/),
      args: [
        ...['run', '--rm', '--name', command.container],
        ...['--publish', '127.0.0.1:4000:8000'],
        ...['--env', 'JAVA_TOOL_OPTIONS=-Dfile.encoding=UTF-8', 'amazon/dynamodb-local:1.25.1'],
        ...[...common, ...cors, '-port', '8000', '-inMemory'],
      ],
    });
  });

  it('for Docker keeps data in the folder, as files of whoever runs it', () => {
    const { args } = emulatorCommand({ kind: 'docker' }, 4000, '/data/here');
    const user = `${process.getuid?.()}:${process.getgid?.()}`;
    const joined = args.join(' ');
    expect(joined).toContain(`--user ${user} --volume /data/here:/data amazon/`);
    expect(joined).toMatch(/-dbPath \/data$/);
  });
});
