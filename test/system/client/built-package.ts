import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildClient } from '../../../packages/client/build.ts';
import { afterFile } from '../../support/after-file.ts';

const modulesDir = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const runFile = promisify(execFile);

export interface BuiltPackage {
  packageDir: string;
  tarball: string;
  apiReference: string;
  /** A project of somebody else's that has installed the package. */
  appDir: string;
}

/** Builds, packs and installs the package, as its users get it. */
export function buildPackage(): Promise<BuiltPackage> {
  return packAndInstall('client', (distDir) => buildClient({ distDir }), [
    ...['react', 'react-dom', '@types/react', '@types/react-dom'],
  ]);
}

/** The same for any package. `besides` is what such a project has as well: linked rather than installed again. */
export async function packAndInstall(
  name: string,
  build: (distDir: string) => Promise<{ apiReference: string }>,
  besides: readonly string[],
): Promise<BuiltPackage> {
  const root = mkdtempSync(join(tmpdir(), 'seenby-package-'));
  afterFile(() => rmSync(root, { recursive: true, force: true }));
  const packageDir = join(root, name);
  const { apiReference } = await build(packageDir);
  const { stdout } = await runFile('npm', ['pack', '--silent'], { cwd: packageDir });
  const tarball = join(packageDir, stdout.trim());
  return { packageDir, tarball, apiReference, appDir: await installPackage(tarball, besides) };
}

/** A project of somebody else's that has the package. */
export async function installPackage(
  tarball: string,
  besides: readonly string[] = [],
): Promise<string> {
  const appDir = mkdtempSync(join(tmpdir(), 'seenby-app-'));
  afterFile(() => rmSync(appDir, { recursive: true, force: true }));
  writeFileSync(join(appDir, 'package.json'), '{"name":"app","type":"module","private":true}');
  const options = ['--offline', '--no-audit', '--no-fund', '--silent', '--legacy-peer-deps'];
  await runFile('npm', ['install', ...options, tarball], { cwd: appDir });
  for (const name of besides) {
    const link = join(appDir, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(modulesDir, name), link);
  }
  return appDir;
}

/** Type-checks files of a project as strictly as its author may want. */
export async function typeCheck(appDir: string, files: readonly string[], more: object = {}) {
  const compilerOptions = {
    ...{ target: 'ES2022', lib: ['ES2024', 'DOM', 'DOM.Iterable'], module: 'NodeNext', types: [] },
    ...{ strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, noEmit: true },
    ...{ jsx: 'react-jsx' },
    ...more,
  };
  writeFileSync(join(appDir, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const tsc = join(modulesDir, 'typescript', 'bin', 'tsc');
  await runFile(process.execPath, [tsc, '-p', appDir]).catch(({ stdout }) => {
    throw new Error(stdout);
  });
}
