import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { declarationOf, folderOf, type PackageSource, projectDir } from './package-source.ts';
import { repositoryOf } from './repository.ts';

/**
 * What is published has its dependencies bundled, and names what was built instead of the sources. Licence and readme go
 * with it.
 */
export async function describePackage(
  source: PackageSource,
  distDir: string,
  more: object = {},
): Promise<void> {
  const folder = folderOf(source);
  await cp(join(projectDir, 'LICENSE'), join(distDir, 'LICENSE'));
  await cp(join(folder, 'README.md'), join(distDir, 'README.md'));
  const text = await readFile(join(folder, 'package.json'), 'utf8');
  const { private: _private, devDependencies: _bundled, ...fields } = JSON.parse(text);
  const repository = repositoryOf(source.folder, process.env);
  const published = {
    ...{ ...fields, ...(repository && { repository }) },
    ...{ exports: exportsOf(source), ...more },
  };
  await writeFile(join(distDir, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
}

const exportsOf = (source: PackageSource) => ({
  ...Object.fromEntries(
    Object.entries(source.entries).map(([name, entry]) => [
      name === 'index' ? '.' : `./${name}`,
      { types: `./types/${declarationOf(source, entry)}`, default: `./${name}.js` },
    ]),
  ),
  './package.json': './package.json',
});
