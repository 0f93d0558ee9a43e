import { execFileSync } from 'node:child_process';

/** Resident memory of a process and of all it has started, in MB, as `ps` knows it. */
export function memoryOfTree(rootPid: number): number {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,rss='], { encoding: 'utf8' }).split('\n');
  const processes = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const tree = new Set([rootPid]);
  // A child is listed after its parent, unless process ids have come round.
  for (const [pid = 0, parentPid = 0] of processes) if (tree.has(parentPid)) tree.add(pid);
  const kilobytes = processes.reduce(
    (sum, [pid = 0, , rss = 0]) => sum + (tree.has(pid) ? rss : 0),
    0,
  );
  return Math.round(kilobytes / 1024);
}
