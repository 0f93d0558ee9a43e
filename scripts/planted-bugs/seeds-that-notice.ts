import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type PlantedBug, plantedBugs } from './bugs.ts';

const projectDir = join(import.meta.dirname, '../..');
const hook = pathToFileURL(join(import.meta.dirname, 'plant.ts')).href;

/** What of the totals of the simulator is used. */
interface Totals {
  failed: number[];
  broken: Record<string, number>;
}

/** How many of so many seeds of the simulator fail because of a bug, and of what; undefined for none. */
export async function seedsThatNotice(bug: PlantedBug, seeds: number): Promise<string | undefined> {
  const index = plantedBugs.indexOf(bug);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['test/simulation/play-seeds.ts', '1', String(seeds)],
    {
      cwd: projectDir,
      env: { ...process.env, NODE_OPTIONS: `--import=${hook}`, SEENBY_PLANTED_BUG: String(index) },
    },
  );
  const { failed, broken } = JSON.parse(stdout) as Totals;
  if (failed.length === 0) return undefined;
  const [most] = Object.entries(broken).sort(([, a], [, b]) => b - a);
  return `${failed.length} of ${seeds} seeds, most of them by "${most?.[0]}"`;
}
