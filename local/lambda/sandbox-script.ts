import { readFileSync } from 'node:fs';
import { transformSync } from 'esbuild';

let script: URL | undefined;

/**
 * The code of a sandbox, its types taken off once for all sandboxes: left to each worker thread,
 * loading Node's type stripper would be half of its start. It MUST import nothing but Node's own.
 */
export function sandboxScript(): URL {
  if (script) return script;
  const source = readFileSync(new URL('./sandbox-worker.ts', import.meta.url), 'utf8');
  const { code } = transformSync(source, { loader: 'ts', format: 'esm', target: 'node24' });
  script = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  return script;
}
