import { join } from 'node:path';

export const projectDir = join(import.meta.dirname, '../..');

/** A package as its sources have it. */
export interface PackageSource {
  /** Its folder in `packages`. */
  folder: string;
  /** Its modules, by the name of what is built of them: the file in `src`, without its ending. `index` is the package itself. */
  entries: Readonly<Record<string, string>>;
}

export const folderOf = ({ folder }: PackageSource): string => join(projectDir, 'packages', folder);

/** The source of a module. */
export const sourceOf = (source: PackageSource, entry: string): string =>
  join(folderOf(source), 'src', `${entry}.ts`);

/** The declarations of a module, from the folder of all declarations on. */
export const declarationOf = ({ folder }: PackageSource, entry: string): string =>
  join(folder, 'src', `${entry}.d.ts`);
