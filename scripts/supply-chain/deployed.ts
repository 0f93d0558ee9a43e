import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { build as buildWithVite } from 'vite';
import { bundleOptions } from '../../lib/functions/bundle-options.ts';
import { type HandlerFile, handlerFiles } from '../../lib/functions/handler-file.ts';
import { buildSite } from '../../site/build/build-site.ts';
import { projectDir } from '../package/package-source.ts';
import type { Deliverable } from './cyclone-dx.ts';
import { type LockedPackage, packageOf } from './lock-file.ts';

type Lock = ReadonlyMap<string, LockedPackage>;

/** Everything that a deployment brings into an account: functions, the page and what puts it there. Builds it. */
export async function buildDeployed(lock: Lock): Promise<Deliverable[]> {
  const functions = await Promise.all(handlerFiles.map((entry) => buildFunction(entry, lock)));
  return [...functions, await buildPage(lock), buildDocumentation(lock), uploaderOf(lock)];
}

async function buildFunction(entry: HandlerFile, lock: Lock): Promise<Deliverable> {
  const { outputFiles, metafile } = await build({ ...bundleOptions(entry), metafile: true });
  return {
    name: `function/${entry}`,
    files: Object.fromEntries(outputFiles.map(({ path, contents }) => [basename(path), contents])),
    packages: packagesOf(inOutput(metafile), lock),
  };
}

/** What was read and left out again is not inside. */
const inOutput = ({ outputs }: Metafile): string[] =>
  Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? file : [])),
  );

async function buildPage(lock: Lock): Promise<Deliverable> {
  const webDir = join(projectDir, 'demo/web');
  const built = await buildWithVite({
    ...{ root: webDir, configFile: join(webDir, 'vite.config.ts'), configLoader: 'native' },
    ...{ logLevel: 'warn', build: { write: false } },
  });
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  const chunks = outputs.filter((each) => each.type === 'chunk');
  return {
    name: 'page',
    files: Object.fromEntries(
      chunks.map(({ fileName, code }) => [fileName, Buffer.from(code, 'utf8')]),
    ),
    packages: packagesOf(
      chunks.flatMap(({ moduleIds }) => moduleIds),
      lock,
    ),
  };
}

function buildDocumentation(lock: Lock): Deliverable {
  const outDir = mkdtempSync(join(tmpdir(), 'seenby-site-'));
  try {
    const { sources } = buildSite({ projectDir, outDir });
    return {
      name: 'documentation',
      files: scriptsIn(join(outDir, 'assets')),
      packages: packagesOf(sources, lock),
    };
  } finally {
    rmSync(outDir, { recursive: true });
  }
}

/** CDK copies the page with a function of its own, which runs the AWS CLI. */
const uploaderOf = (lock: Lock): Deliverable => ({
  name: 'function-of-cdk/upload',
  files: {},
  packages: packagesOf(
    ['aws-cdk-lib', '@aws-cdk/asset-awscli-v1'].map((name) => `node_modules/${name}/index.js`),
    lock,
  ),
});

export const scriptsIn = (dir: string): Record<string, Uint8Array> =>
  Object.fromEntries(
    readdirSync(dir)
      .filter((name) => name.endsWith('.js'))
      .sort()
      .map((name) => [name, readFileSync(join(dir, name))]),
  );

/** Throws for a file of a package that the lock file does not know: it would be missing in the bill. */
export function packagesOf(files: readonly string[], lock: Lock): LockedPackage[] {
  const paths = new Set(files.flatMap((file) => packageOf(file) ?? []));
  return [...paths].sort().map((path) => {
    const found = lock.get(path);
    if (!found) throw new Error(`${path} is bundled, and package-lock.json does not know it.`);
    return found;
  });
}
