import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const toolsDir = fileURLToPath(new URL('../../../.local/tools', import.meta.url));

/**
 * Installs packages that are too big for every contributor to have, once, and answers the folder of their programs. For
 * nightly tests alone: it asks the registry.
 */
export function toolIn(name: string, ...packages: string[]): string {
  const dir = join(toolsDir, name);
  const binDir = join(dir, 'node_modules', '.bin');
  if (existsSync(binDir)) return binDir;
  mkdirSync(dir, { recursive: true });
  // The package `node` takes the binary of this platform out of another package as it is installed.
  const manifest = { private: true, allowScripts: { node: true } };
  writeFileSync(join(dir, 'package.json'), JSON.stringify(manifest));
  const options = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
  const { status } = spawnSync('npm', ['install', ...options, ...packages], {
    ...{ cwd: dir, stdio: 'inherit' },
  });
  if (status !== 0) throw new Error(`npm could not install ${packages.join(' ')}`);
  return binDir;
}
