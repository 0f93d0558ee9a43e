import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundleCore } from './bundle.ts';
import { bundleOrder } from './bundle-order.ts';
import { shrink } from './shrink.ts';

/**
 * Tries orders of the core's modules for some seconds, and writes down the best: each time one module is
 * moved, and stays where it makes the bundle smaller.
 */
const seconds = Number(process.argv[2] ?? 60);
const index = join(import.meta.dirname, 'src', 'index.ts');

async function sizeOf(order: readonly string[]): Promise<number> {
  const { outputFiles } = await bundleCore(index, import.meta.dirname, order);
  const textOf = (name: string) => outputFiles.find(({ path }) => path.endsWith(name))?.text ?? '';
  const { code } = await shrink({ code: textOf('index.js'), map: textOf('index.js.map') });
  return gzipSync(code, { level: 9 }).length;
}

const placeIn = (order: readonly string[]): number => Math.floor(Math.random() * order.length);

let order: readonly string[] = bundleOrder;
let best = await sizeOf(order);
for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
  const tried = [...order];
  tried.splice(placeIn(order), 0, ...tried.splice(placeIn(order), 1));
  const size = await sizeOf(tried);
  if (size > best) continue;
  if (size < best) console.log(`${size} bytes`);
  [order, best] = [tried, size];
}

const path = join(import.meta.dirname, 'bundle-order.ts');
const text = await readFile(path, 'utf8');
const lines = order.map((module) => `  '${module}',\n`).join('');
await writeFile(path, text.replace(/\[\n[\s\S]*\] as const/, `[\n${lines}] as const`));
