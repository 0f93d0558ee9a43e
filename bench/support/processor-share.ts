import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Lambda gives a whole core to a function of so many MB, and less in proportion. */
const megabytesOfACore = 1769;
const periodUs = 100_000;
const root = '/sys/fs/cgroup';
const isUnified = existsSync(join(root, 'cgroup.controllers'));

/**
 * Holds a process to the processor of a Lambda of this memory, by a control group of version 1 or 2.
 * Answers how to let it go once it has ended. Throws where the machine lets nobody make one: root may.
 */
export function limitProcessor(pid: number, memoryMb: number): () => void {
  const quotaUs = Math.round((memoryMb / megabytesOfACore) * periodUs);
  const dir = join(root, isUnified ? '' : 'cpu', `seenby-bench-${pid}`);
  mkdirSync(dir);
  if (isUnified) writeFileSync(join(dir, 'cpu.max'), `${quotaUs} ${periodUs}`);
  else {
    writeFileSync(join(dir, 'cpu.cfs_period_us'), `${periodUs}`);
    writeFileSync(join(dir, 'cpu.cfs_quota_us'), `${quotaUs}`);
  }
  writeFileSync(join(dir, 'cgroup.procs'), `${pid}`);
  return () => rmdirSync(dir);
}
