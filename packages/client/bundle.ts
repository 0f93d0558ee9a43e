import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build, type OutputFile, type Plugin } from 'esbuild';
import { bundleOrder } from './bundle-order.ts';
import { internalNames } from './internal-names.ts';
import { type Script, shrink } from './shrink.ts';

const sourceDir = join(import.meta.dirname, 'src');

const options = {
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  sourcemap: 'external',
  mangleProps: new RegExp(`^(?:${internalNames.join('|')})$`),
  write: false,
} as const;

/**
 * Writes the scripts that are published. The core is one file that needs no other, and so is what it loads by
 * `import()` with its first use; the other entries share what they have in common. All give properties the same
 * short names.
 *
 * @param sources of the entries, by name.
 */
export async function bundle(
  { index = '', ...others }: Record<string, string>,
  distDir: string,
): Promise<void> {
  const core = await bundleCore(index, distDir);
  const extras = await build({
    ...options,
    entryPoints: { extras: join(sourceDir, 'extras/extras.ts') },
    entryNames: '[name]-[hash]',
    outdir: distDir,
    mangleCache: core.mangleCache ?? {},
  });
  const entries = await build({
    ...options,
    entryPoints: others,
    outdir: distDir,
    splitting: true,
    external: ['react'],
    mangleCache: extras.mangleCache ?? {},
    chunkNames: 'shared-[hash]',
  });
  const extrasName = extras.outputFiles.map(({ path }) => basename(path)).find(isScript) ?? '';
  await mkdir(distDir, { recursive: true });
  const files = [core, extras, entries].flatMap(({ outputFiles }) => outputFiles);
  await Promise.all(
    files.filter(({ path }) => isScript(path)).map((file) => write(file, files, extrasName)),
  );
}

export const bundleCore = (
  entry: string,
  distDir: string,
  order: readonly string[] = bundleOrder,
) =>
  build({
    ...options,
    entryPoints: { index: orderedEntry },
    outdir: distDir,
    mangleCache: {},
    plugins: [inOrder(entry, order), leaveExtras],
  });

const isScript = (path: string): boolean => path.endsWith('.js');

async function write(
  { path, text }: OutputFile,
  files: readonly OutputFile[],
  extrasName: string,
): Promise<void> {
  const map = files.find((file) => file.path === `${path}.map`)?.text ?? '';
  const code = text.replaceAll(extrasPlace, extrasName);
  const script = forBrowsers(basename(path), await shrink({ code, map }));
  // Some bundlers follow an import only where its name is an ordinary string.
  await writeFile(path, script.code.replace(/\bimport\(`([^`]+)`\)/g, 'import("$1")'));
  await writeFile(`${path}.map`, script.map);
}

/** Frameworks that render on a server need to know that hooks run in browsers as well. Minifiers drop the line. */
function forBrowsers(name: string, { code, map }: Script): Script {
  if (name !== 'react.js') return { code, map };
  const { mappings, ...rest } = JSON.parse(map);
  // In a source map a semicolon stands for a line.
  return {
    code: `'use client';\n${code}`,
    map: JSON.stringify({ ...rest, mappings: `;${mappings}` }),
  };
}

/** As long as the name that takes its place. */
const extrasPlace = 'extras-00000000.js';

const leaveExtras: Plugin = {
  name: 'leave-extras',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/extras\/extras\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: `./${extrasPlace}`, external: true } : undefined,
    ),
};

const orderedEntry = 'ordered-entry';
const packagesDir = join(import.meta.dirname, '..');

/** An entry that imports modules in a certain order before it exports what the real one does. */
const inOrder = (entry: string, order: readonly string[]): Plugin => ({
  name: 'in-order',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^ordered-entry$/ }, ({ path }) => ({ path, namespace: 'ordered' }));
    onResolve({ filter: /^ordered:/ }, ({ path }) => ({
      path: join(packagesDir, path.replace('ordered:', '')),
      // One that says that it has none is left out where it is only imported.
      sideEffects: true,
    }));
    onLoad({ filter: /.*/, namespace: 'ordered' }, () => ({
      contents: [
        ...order.map((path) => `import 'ordered:${path}.ts';`),
        `export * from '${entry}';`,
      ].join('\n'),
      resolveDir: packagesDir,
    }));
  },
});
