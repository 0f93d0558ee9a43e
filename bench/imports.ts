// Size and cold import time of every function of a freshly synthesized stack.
//   node bench/imports.ts
// Exits with 1 when a bundle is over 450 KB, or never imported within 100 ms.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { functionEnvironment } from '../local/gateway/function-environment.ts';
import { type FunctionSettings, readFunctionSettings } from '../local/lambda/function-settings.ts';
import { synthesize } from '../local/synthesize.ts';
import { Template } from '../local/template/template.ts';
import { percentilesOf } from './percentiles.ts';
import { tableOf } from './table-of.ts';

const projectDir = join(import.meta.dirname, '..');
const mostKilobytes = 450;
const mostImportMs = 100;
const runs = 7;

/** A module's own time, without the start of the process around it. */
const measureImport = `
const startMs = performance.now();
await import(process.argv[1]);
console.log(performance.now() - startMs);
process.exit();`;

interface Bundle {
  name: string;
  kilobytes: number;
  gzippedKilobytes: number;
  importMs: number;
  /** Neighbours make a machine slower, never faster. */
  fastestImportMs: number;
}

async function main(): Promise<void> {
  const assemblyDir = mkdtempSync(join(tmpdir(), 'seenby-bundles-'));
  try {
    const { durationMs } = await synthesize({ projectDir, outputDir: assemblyDir });
    console.log(`Synthesized in ${(durationMs / 1000).toFixed(1)} s. Median of ${runs} imports:\n`);
    const bundles = bundlesOf(assemblyDir).map(measure);
    console.log(tableOf([['', 'KB', 'gzip KB', 'import ms'], ...bundles.map(toRow)]));
    for (const { name, kilobytes, fastestImportMs } of bundles) {
      if (kilobytes > mostKilobytes) fail(`${name} is over ${mostKilobytes} KB`);
      if (fastestImportMs > mostImportMs) fail(`${name} takes over ${mostImportMs} ms to import`);
    }
  } finally {
    rmSync(assemblyDir, { recursive: true, force: true });
  }
}

function fail(fault: string): void {
  console.error(`✗ ${fault}`);
  process.exitCode = 1;
}

/** The functions of the stack as Lambda would run them; nothing is called, so no address is needed. */
function bundlesOf(assemblyDir: string): FunctionSettings[] {
  const template = Template.read(assemblyDir);
  const environment = functionEnvironment({
    dynamoDb: 'http://127.0.0.1:1',
    lambda: 'http://127.0.0.1:1',
  });
  return readFunctionSettings(template, (value) => value, environment);
}

function measure({ logicalId, assetDir, environment }: FunctionSettings): Bundle {
  const file = join(assetDir, 'index.mjs');
  const code = readFileSync(file);
  const times = Array.from({ length: runs }, () => importOnce(file, environment));
  return {
    name: logicalId.replace(/[0-9A-F]{8}$/, ''),
    kilobytes: code.length / 1024,
    gzippedKilobytes: gzipSync(code).length / 1024,
    importMs: percentilesOf(times).p50,
    fastestImportMs: Math.min(...times),
  };
}

function importOnce(file: string, environment: Record<string, string>): number {
  const args = ['--input-type=module', '--eval', measureImport, pathToFileURL(file).href];
  return Number(execFileSync(process.execPath, args, { env: environment, encoding: 'utf8' }));
}

const toRow = ({ name, kilobytes, gzippedKilobytes, importMs }: Bundle): string[] => [
  name,
  kilobytes.toFixed(0),
  gzippedKilobytes.toFixed(0),
  importMs.toFixed(0),
];

await main();
