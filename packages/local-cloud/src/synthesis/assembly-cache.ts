import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { fingerprintOf } from './fingerprint.ts';
import { synthesize } from './synthesize.ts';

const hourMs = 3_600_000;
/** A process renews what it runs from every hour; what nobody has used for a day is dropped. */
const renewalMs = hourMs;
const unusedMs = 24 * hourMs;

export interface CachedAssembly {
  assemblyDir: string;
  /** 0 when the same sources had been synthesized before. */
  durationMs: number;
}

export interface CacheOptions {
  projectDir: string;
  /** Holds a folder per assembly, named by the fingerprint of what it was made from. */
  cacheDir: string;
  /** Files and folders below the project: everything that the app reads. */
  sources: readonly string[];
  /** Values of the app's context, by name. */
  settings?: Record<string, string>;
  /** Makes the assembly, as `synthesize` does unless given. */
  synthesizeInto?: typeof synthesize;
}

/**
 * The project's assembly for its sources as they are now, synthesized only when they are new. Several
 * processes may ask at once: an assembly is in the cache whole or not at all. Throws SynthesisError.
 */
export async function synthesizeCached(options: CacheOptions): Promise<CachedAssembly> {
  const { projectDir, cacheDir, sources, settings, synthesizeInto = synthesize } = options;
  mkdirSync(cacheDir, { recursive: true });
  dropUnused(cacheDir);
  const assemblyDir = join(cacheDir, fingerprintOf(projectDir, sources, settings));
  if (existsSync(assemblyDir)) return { assemblyDir: inUse(assemblyDir), durationMs: 0 };
  const outputDir = mkdtempSync(join(cacheDir, 'new-'));
  try {
    const { durationMs } = await synthesizeInto({
      ...{ projectDir, outputDir },
      ...(settings && { settings }),
    });
    moveTo(assemblyDir, outputDir);
    return { assemblyDir: inUse(assemblyDir), durationMs };
  } finally {
    rmSync(outputDir, { recursive: true, force: true });
  }
}

/** Renaming is one step. A folder that is there already came from the same sources and stays. */
function moveTo(assemblyDir: string, outputDir: string): void {
  try {
    renameSync(outputDir, assemblyDir);
  } catch (cause) {
    if (!existsSync(assemblyDir)) throw cause;
  }
}

/** Keeps others from dropping it as long as this process runs: new sandboxes read from it. */
function inUse(assemblyDir: string): string {
  renew(assemblyDir);
  setInterval(renew, renewalMs, assemblyDir).unref();
  return assemblyDir;
}

function renew(path: string): void {
  if (existsSync(path)) utimesSync(path, new Date(), new Date());
}

function dropUnused(cacheDir: string): void {
  for (const name of readdirSync(cacheDir)) {
    const path = join(cacheDir, name);
    // Another process may be dropping it too.
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
    const isUnused = mtimeMs !== undefined && Date.now() - mtimeMs > unusedMs;
    if (isUnused) rmSync(path, { recursive: true, force: true });
  }
}
