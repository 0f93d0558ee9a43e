import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package of others, as `package-lock.json` has it. */
export interface LockedPackage {
  /** Below the project, such as `node_modules/zod`: a package may be there in several versions. */
  path: string;
  name: string;
  version: string;
  /** An expression of SPDX. */
  licence: string | undefined;
  /** `sha512-` and the hash of its archive in base64. A package inside the archive of another has none. */
  integrity: string | undefined;
  isInOther: boolean;
  /** npm would run a script of it when it is installed. */
  hasInstallScript: boolean;
}

interface Entry {
  name?: string;
  version?: string;
  license?: string;
  integrity?: string;
  inBundle?: boolean;
  hasInstallScript?: boolean;
  link?: boolean;
}

/** All packages of others, by path. The project's own are left out. */
export function readLockFile(projectDir: string): Map<string, LockedPackage> {
  const text = readFileSync(join(projectDir, 'package-lock.json'), 'utf8');
  const { packages } = JSON.parse(text) as { packages: Record<string, Entry> };
  const others = Object.entries(packages).filter(
    ([path, { link }]) => path.includes('node_modules/') && !link,
  );
  return new Map(others.map(([path, entry]) => [path, read(path, entry)]));
}

const read = (path: string, entry: Entry): LockedPackage => ({
  path,
  name: entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
  version: entry.version ?? '',
  licence: entry.license,
  integrity: entry.integrity,
  isInOther: entry.inBundle === true,
  hasInstallScript: entry.hasInstallScript === true,
});

/** The path of the package that a file belongs to, from `node_modules` on; undefined for a file of the project. */
export function packageOf(file: string): string | undefined {
  const inPackage = /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
  return inPackage?.slice(inPackage.indexOf('node_modules/'));
}
