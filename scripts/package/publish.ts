import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Runs a command, and answers what it says. MUST throw when it fails. */
export type Run = (command: string, args: readonly string[]) => Promise<string>;

/** Publishes the packages in these folders whose version the registry does not have; answers their names. */
export async function publishNew(distDirs: readonly string[], run: Run): Promise<string[]> {
  const published: string[] = [];
  for (const distDir of distDirs) {
    const { name, version } = JSON.parse(await readFile(join(distDir, 'package.json'), 'utf8'));
    if (await isPublished(`${name}@${version}`, run)) continue;
    await run('npm', ['publish', distDir, '--access', 'public']);
    published.push(`${name}@${version}`);
  }
  return published;
}

/** npm answers nothing for a version that is not there, and fails with E404 for a package that is not. */
async function isPublished(wanted: string, run: Run): Promise<boolean> {
  try {
    return (await run('npm', ['view', wanted, 'version'])).trim() !== '';
  } catch (error) {
    if (String(error).includes('E404')) return false;
    throw error;
  }
}
