import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../../local/synthesize.ts';

/** Everything that the synthesized stack is made from. */
const sources = [
  'bin',
  'lib',
  'functions',
  'core',
  'protocol',
  'client',
  'cdk.json',
  'package-lock.json',
  'web',
];
const keptMs = 3_600_000;

export interface Assembly {
  assemblyDir: string;
  /** 0 when an earlier run had synthesized the same sources. */
  durationMs: number;
}

/** The synthesized stack of the sources as they are now; synthesized again only when they changed. */
export async function assemblyOf(projectDir: string): Promise<Assembly> {
  const cacheDir = join(projectDir, '.local', 'assemblies');
  const assemblyDir = join(cacheDir, fingerprintOf(projectDir));
  mkdirSync(cacheDir, { recursive: true });
  dropOld(cacheDir);
  if (existsSync(assemblyDir)) return { assemblyDir, durationMs: 0 };
  const outputDir = mkdtempSync(join(cacheDir, 'new-'));
  const { durationMs } = await synthesize({ projectDir, outputDir });
  // Another run may have been faster: its result is the same.
  if (existsSync(assemblyDir)) rmSync(outputDir, { recursive: true, force: true });
  else renameSync(outputDir, assemblyDir);
  return { assemblyDir, durationMs };
}

function fingerprintOf(projectDir: string): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const path of filesOf(join(projectDir, source))) {
      hash.update(path).update('\0').update(readFileSync(path)).update('\0');
    }
  }
  return hash.digest('hex').slice(0, 32);
}

function filesOf(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}

function dropOld(cacheDir: string): void {
  for (const name of readdirSync(cacheDir)) {
    const path = join(cacheDir, name);
    if (Date.now() - statSync(path).mtimeMs > keptMs)
      rmSync(path, { recursive: true, force: true });
  }
}
