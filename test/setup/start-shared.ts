import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { startDynamoDbLocal } from '../../local/dynamodb/dynamodb-local.ts';
import { assemblyOf } from './assembly.ts';
import { type SharedCloud, startSharedCloud } from './shared-cloud.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The synthesized stack, with the local cloud's settings. */
    assemblyDir: string;
    /** A DynamoDB Local for the whole run: each test makes tables of its own in it. */
    dynamoDbEndpoint: string;
    /** The service on that database: each test has users and groups of its own in it. */
    sharedCloud: SharedCloud;
  }
}

const projectDir = fileURLToPath(new URL('../..', import.meta.url));

/** Once per run: has the stack synthesized and runs it, unless a deployment is tested. */
export default async function startShared(project: TestProject) {
  if (process.env.SEENBY_HTTP_URL) return;
  const [{ assemblyDir, durationMs }, database] = await Promise.all([
    assemblyOf(projectDir),
    startDynamoDbLocal({}),
  ]);
  const synthesized = durationMs > 0 ? `Synthesized in ${(durationMs / 1000).toFixed(1)} s.` : '';
  console.log(`${synthesized} ${bundleSizes(assemblyDir)}`.trim());
  project.provide('assemblyDir', assemblyDir);
  project.provide('dynamoDbEndpoint', database.endpoint);
  const shared = await startSharedCloud(assemblyDir, database.endpoint);
  project.provide('sharedCloud', shared.cloud);
  return async () => {
    await shared.stop();
    await database.stop();
  };
}

function bundleSizes(assemblyDir: string): string {
  const bundles = readdirSync(assemblyDir, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('index.mjs'))
    .map((path) => Math.round(statSync(join(assemblyDir, path)).size / 1024));
  return `Bundles: ${bundles.sort((a, b) => a - b).join(', ')} KB.`;
}
