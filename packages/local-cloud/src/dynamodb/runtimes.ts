import { execFile } from 'node:child_process';
import { fetchJava, findFetchedJava, javaHost } from './fetched-java.ts';

/** What DynamoDB Local can run on. */
export type Runtime = { kind: 'java'; program: string } | { kind: 'docker' };

/** DynamoDB Local cannot start. One clear sentence. */
export class DynamoDbLocalError extends Error {
  override readonly name = 'DynamoDbLocalError';
}

/** What this machine has and can get. */
export interface RuntimeProbes {
  /** The major version of the Java on the PATH, if there is one. */
  javaVersion(): Promise<number | undefined>;
  /** The program of a Java that was fetched earlier. */
  fetchedJava(): string | undefined;
  hasDockerEngine(): Promise<boolean>;
  /** Fetches a Java and answers its program. Rejects without network. */
  fetchJava(): Promise<string>;
}

const minJava = 11;

/** Whether the Java on the PATH is none that DynamoDB Local runs on. */
export const lacksJava = (version: number | undefined): boolean =>
  version === undefined || version < minJava;

/**
 * Where DynamoDB Local can run without a Java on the PATH: on a Java that was fetched earlier, in a
 * container, or on a Java that is fetched now. Throws DynamoDbLocalError, which names all ways.
 */
export async function findRuntime(
  probes: RuntimeProbes,
  log: (line: string) => void,
): Promise<Runtime> {
  const fetched = probes.fetchedJava();
  if (fetched !== undefined) return { kind: 'java', program: fetched };
  if (await probes.hasDockerEngine()) return { kind: 'docker' };
  log('There is no Java on the PATH and no Docker engine: fetching a Java runtime, once …');
  try {
    return { kind: 'java', program: await probes.fetchJava() };
  } catch (cause) {
    throw new DynamoDbLocalError(noWay(await probes.javaVersion(), cause), { cause });
  }
}

function noWay(version: number | undefined, cause: unknown): string {
  const found = version === undefined ? 'none is on the PATH' : `the one on the PATH is ${version}`;
  const { code, message } = cause as { code?: string; message?: string };
  return `DynamoDB Local needs Java ${minJava} or newer and ${found}: install one, or start a Docker engine, or let this machine reach ${javaHost}, from where a Java runtime is fetched once (now: ${code ?? message}).`;
}

export const systemProbes: RuntimeProbes = {
  javaVersion: () => findJavaVersion(),
  fetchedJava: findFetchedJava,
  // The command may be there without an engine that it can talk to.
  hasDockerEngine: () =>
    new Promise((resolve) => {
      execFile('docker', ['version'], { timeout: 10_000 }, (error) => resolve(error === null));
    }),
  fetchJava,
};

function findJavaVersion(): Promise<number | undefined> {
  return new Promise((resolve) => {
    execFile('java', ['-version'], (error, _, stderr) => {
      // 1.8.0_392 and 17.0.15 both.
      const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(stderr) ?? [];
      resolve(error || first === undefined ? undefined : Number(first === '1' ? second : first));
    });
  });
}
