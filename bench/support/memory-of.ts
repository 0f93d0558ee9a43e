import { execFileSync } from 'node:child_process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Resident memory of a process in MB, as `ps` knows it; undefined where there is no `ps`. */
export function memoryOf(pid: number | undefined): number | undefined {
  if (pid === undefined) return undefined;
  const kilobytes = Number(ask('-o', 'rss=', '-p', String(pid)));
  return kilobytes > 0 ? Math.round(kilobytes / 1024) : undefined;
}

/** Processor time of a process so far, in seconds; undefined where there is no `ps`. */
export function cpuOf(pid: number | undefined): number | undefined {
  const text = pid === undefined ? undefined : ask('-o', 'time=', '-p', String(pid))?.trim();
  if (!text) return undefined;
  const [seconds = 0, minutes = 0, hours = 0, days = 0] = text.split(/[:-]/).map(Number).reverse();
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}

/** The DynamoDB Local that answers at this address; undefined when it cannot be told. */
export function findDynamoDbLocal(endpoint: string): number | undefined {
  const line = ask('-eo', 'pid=,args=')
    ?.split('\n')
    .map((text) => text.trim())
    .find((text) => /^\d+ \S*java .*DynamoDBLocal/.test(text) && text.includes(portOf(endpoint)));
  return line === undefined ? undefined : Number.parseInt(line, 10);
}

const portOf = (endpoint: string): string => `-port ${new URL(endpoint).port}`;

function ask(...args: string[]): string | undefined {
  try {
    return execFileSync('ps', args, { encoding: 'utf8' });
  } catch {
    return undefined;
  }
}

/** In MB. */
export interface HeapFigures {
  /** What the objects of the main thread take. */
  heapMb: number;
  /** Of the whole process: its threads, and what was freed and not given back, are in it. */
  residentMb: number;
}

/** Memory of this process once the main thread has been cleaned up. It stands still meanwhile. */
export function heapAfterCollection(): HeapFigures {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  const { heapUsed, rss } = process.memoryUsage();
  return { heapMb: inMb(heapUsed), residentMb: inMb(rss) };
}

const inMb = (bytes: number): number => Math.round(bytes / 104_857.6) / 10;
