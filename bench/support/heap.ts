import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

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
