import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Tells two states of files apart by what is in them. `paths` are files and folders below the project;
 * one that is missing counts as missing. Where the project lies makes no difference.
 */
export function fingerprintOf(
  projectDir: string,
  paths: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): string {
  const hash = createHash('sha256').update(JSON.stringify(Object.entries(settings).sort()));
  for (const path of paths.flatMap((each) => filesBelow(projectDir, each))) {
    const content = readFileSync(join(projectDir, path));
    // With its length in front, no content can look like the next file's name.
    hash.update(`\0${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 32);
}

function filesBelow(projectDir: string, path: string): string[] {
  const full = join(projectDir, path);
  if (!existsSync(full)) return [];
  if (statSync(full).isFile()) return [path];
  return readdirSync(full)
    .filter((name) => name !== 'node_modules')
    .sort()
    .flatMap((name) => filesBelow(projectDir, join(path, name)));
}
