import {
  type DynamoDbLocal,
  startDynamoDbLocal,
} from '@seenby/local-cloud/dynamodb/dynamodb-local.ts';
import { startMemoryDynamoDb } from '@seenby/local-cloud/dynamodb/memory/start-memory-dynamodb.ts';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /**
     * A database for the whole run: each test makes tables of its own in it. `in-process` for tests that
     * have one in their own process, which takes no server.
     */
    dynamoDbEndpoint: string;
  }
}

interface Shared {
  database: Promise<DynamoDbLocal>;
  users: number;
}

/** Each tier loads its set-up anew, in the same process; the database is one for all of them. */
const place = globalThis as { sharedTestDatabase?: Shared | undefined };

/**
 * What the tests run on: DynamoDB in memory, which answers in microseconds, or, in the nightly run and
 * with `SEENBY_TEST_DATABASE=dynamodb-local`, DynamoDB Local.
 */
function isInMemory(): boolean {
  const byDefault = process.env.SEENBY_NIGHTLY === undefined ? 'memory' : 'dynamodb-local';
  const chosen = process.env.SEENBY_TEST_DATABASE ?? byDefault;
  if (chosen === 'memory' || chosen === 'dynamodb-local') return chosen === 'memory';
  throw new Error(`SEENBY_TEST_DATABASE is "${chosen}"; it must be memory or dynamodb-local.`);
}

const start = (): Promise<DynamoDbLocal> =>
  isInMemory() ? startMemoryDynamoDb() : startDynamoDbLocal({ log: console.log });

/** Starts the database of the run, unless it runs already or a deployment is tested. */
export default async function startDatabase(project: TestProject) {
  if (process.env.SEENBY_HTTP_URL) return;
  // These call no functions, which would need an address.
  if (project.name === 'service' && isInMemory()) {
    return project.provide('dynamoDbEndpoint', 'in-process');
  }
  place.sharedTestDatabase ??= { database: start(), users: 0 };
  const shared = place.sharedTestDatabase;
  shared.users += 1;
  project.provide('dynamoDbEndpoint', (await shared.database).endpoint);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    place.sharedTestDatabase = undefined;
    await (await shared.database).stop();
  };
}
