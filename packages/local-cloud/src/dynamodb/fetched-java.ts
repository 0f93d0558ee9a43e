import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Eclipse Temurin: one release for everybody, checked against its published SHA-256 sum. */
const release = 'jdk-17.0.15+6';
const majorVersion = 17;

export const javaHost = 'api.adoptium.net';

/** In the project that runs the local cloud. */
const cacheDir = (): string => join(process.cwd(), 'node_modules', '.cache', 'local-cloud');

/** The program of the Java that `fetchJava` has fetched, if it has. */
export function findFetchedJava(dir = cacheDir()): string | undefined {
  const runtimeDir = join(dir, release);
  if (!existsSync(runtimeDir)) return undefined;
  // On macOS the runtime is a bundle.
  return readdirSync(runtimeDir)
    .flatMap((name) => [join(runtimeDir, name, 'bin'), join(runtimeDir, name, 'Contents/Home/bin')])
    .map((binDir) => join(binDir, 'java'))
    .find((program) => existsSync(program));
}

/** Fetches a Java runtime for this machine, about 45 MB, and answers its program. */
export async function fetchJava(dir = cacheDir()): Promise<string> {
  mkdirSync(dir, { recursive: true });
  const workDir = mkdtempSync(join(dir, 'new-'));
  try {
    const { install } = (await import('njre')).default;
    const runtimeDir = await install(majorVersion, {
      ...{ release, type: 'jre' },
      // The runtime goes into a folder beside this path.
      installPath: join(workDir, 'java'),
    });
    // Whole or not at all; another process may have been faster.
    if (!existsSync(join(dir, release))) renameSync(runtimeDir, join(dir, release));
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
  const program = findFetchedJava(dir);
  if (program === undefined) throw new Error(`The Java runtime ${release} has no program`);
  return program;
}
