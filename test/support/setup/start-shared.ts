import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { assemblyOf } from '../../../demo/local/synthesize-seenby.ts';
import { everythingOn } from '../everything-on.ts';
import { isWholeRun, readGrantUse, unusedGrants, withoutReason } from './grant-use.ts';
import { type SharedCloud, startSharedCloud } from './shared-cloud.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The synthesized stack, with the local cloud's settings. */
    assemblyDir: string;
    /** The same with all of its options, for the system tier. */
    fullAssemblyDir: string;
    /** The service on that database: each test has users and groups of its own in it. */
    sharedCloud: SharedCloud;
  }
}

const projectDir = fileURLToPath(new URL('../../..', import.meta.url));
const grantUseDir = join(projectDir, '.local', 'grant-use');

interface Started {
  assemblyDir: string;
  fullAssemblyDir: string;
  cloud: SharedCloud;
  stop: () => Promise<void>;
}

/** The tiers that need the service load this set-up one after the other, in the same process. */
const place = globalThis as { sharedTestService?: { started: Promise<Started>; users: number } };

/**
 * Once per run: has the stack synthesized and runs it, unless a deployment is tested. To be set up
 * after the database.
 */
export default async function startShared(project: TestProject) {
  if (process.env.SEENBY_HTTP_URL) return;
  place.sharedTestService ??= { started: start(project), users: 0 };
  const shared = place.sharedTestService;
  shared.users += 1;
  const { assemblyDir, fullAssemblyDir, cloud } = await shared.started;
  project.provide('assemblyDir', assemblyDir);
  project.provide('fullAssemblyDir', fullAssemblyDir);
  project.provide('sharedCloud', cloud);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    await (await shared.started).stop();
    checkGrants(project);
  };
}

async function start(project: TestProject): Promise<Started> {
  rmSync(grantUseDir, { recursive: true, force: true });
  process.env.SEENBY_GRANT_USE_DIR = grantUseDir;
  const isFullNeeded = project.vitest.projects.some(({ name }) => name === 'system');
  const [{ assemblyDir, durationMs }, full] = await Promise.all([
    assemblyOf(projectDir),
    ...(isFullNeeded ? [assemblyOf(projectDir, everythingOn)] : []),
  ]);
  const synthesized = durationMs > 0 ? `Synthesized in ${(durationMs / 1000).toFixed(1)} s.` : '';
  console.log(`${synthesized} ${bundleSizes(assemblyDir)}`.trim());
  const { dynamoDbEndpoint } = project.getProvidedContext();
  // An error that comes while tests run is counted with them; a later one fails the run by itself.
  const { cloud, stop } = await startSharedCloud(assemblyDir, dynamoDbEndpoint, (error) =>
    project.vitest.state.catchError(error, 'Unexpected error of a function'),
  );
  return { assemblyDir, fullAssemblyDir: full?.assemblyDir ?? '', cloud, stop };
}

/** A whole run has needed every grant of every role. */
function checkGrants({ vitest }: TestProject): void {
  const unused = unusedGrants(readGrantUse(grantUseDir));
  writeFileSync(join(projectDir, '.local', 'unused-grants.txt'), `${unused.join('\n')}\n`);
  const wrong = isWholeRun(vitest, projectDir) ? withoutReason(unused) : [];
  if (wrong.length > 0) throw new Error(`No test needs these grants:\n${wrong.join('\n')}`);
}

function bundleSizes(assemblyDir: string): string {
  const bundles = readdirSync(assemblyDir, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('index.mjs'))
    .map((path) => Math.round(statSync(join(assemblyDir, path)).size / 1024));
  return `Bundles: ${bundles.sort((a, b) => a - b).join(', ')} KB.`;
}
