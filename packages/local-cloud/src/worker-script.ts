import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const scripts = new Map<string, URL>();

/**
 * The code of a worker thread in one piece, its types taken off once for all threads: left to each
 * of them, loading Node's type stripper would be half of its start.
 */
export function workerScript(entry: URL): URL {
  const known = scripts.get(entry.href);
  if (known) return known;
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(entry)],
    ...{ bundle: true, write: false, format: 'esm', platform: 'node', target: 'node24' },
  });
  const code = outputFiles[0]?.text ?? '';
  const script = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  scripts.set(entry.href, script);
  return script;
}
