import { execFile } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { projectDir } from '../../../scripts/package/package-source.ts';
import { packagesInside } from '../../../scripts/supply-chain/packages-inside.ts';
import { afterFile } from '../../support/after-file.ts';

/** All that is read when something is built. */
const sources = [
  ...['bin', 'lib', 'functions', 'demo', 'site', 'docs', 'examples', 'packages', 'scripts', 'test'],
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'LICENSE'],
  ...['cdk.json', 'tsconfig.json', 'package.json', 'package-lock.json'],
];
const notSources = /(^|\/)(node_modules|dist|\.local)$/;

/** The project in another folder, as if it had been cloned and installed there. */
export class ProjectCopy {
  readonly dir: string;

  /** `bundles`: what is built there has code of others in it. */
  constructor(name: string, { bundles }: { bundles: boolean }) {
    const parent = mkdtempSync(join(tmpdir(), 'seenby-copy-'));
    afterFile(() => rmSync(parent, { recursive: true, force: true }));
    this.dir = join(parent, name);
    for (const source of sources) this.#copy(source);
    this.#install(bundles);
  }

  /** Builds a package that is published; answers where it lies. */
  async buildPackage(name: string): Promise<string> {
    const folder = join(this.dir, 'packages', name);
    await promisify(execFile)(process.execPath, ['build.ts'], { cwd: folder });
    return join(folder, 'dist');
  }

  #copy(path: string): void {
    cpSync(join(projectDir, path), join(this.dir, path), {
      recursive: true,
      filter: (from) => !notSources.test(from.slice(projectDir.length)),
    });
  }

  /**
   * What is bundled is copied: a link would be followed, and the path to it would be another one. All else is a link,
   * and links to the project's own packages lead to those of the copy.
   */
  #install(bundles: boolean): void {
    for (const name of installedNames(join(projectDir, 'node_modules'))) {
      const to = join(this.dir, 'node_modules', name);
      mkdirSync(dirname(to), { recursive: true });
      const from = join(projectDir, 'node_modules', name);
      const own = join(this.dir, 'packages', name.replace('@seenby/', ''));
      const isBundled = bundles && name in packagesInside && !name.includes('cdk');
      if (isBundled) cpSync(from, to, { recursive: true });
      else symlinkSync(name.startsWith('@seenby/') && existsSync(own) ? own : from, to);
    }
  }
}

const installedNames = (dir: string): string[] =>
  readdirSync(dir).flatMap((name) =>
    name.startsWith('@')
      ? readdirSync(join(dir, name)).map((inScope) => `${name}/${inScope}`)
      : name,
  );
