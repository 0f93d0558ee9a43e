import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { DynamoDbLocal } from '../dynamodb-local.ts';

/** Starts a DynamoDB in memory in place of DynamoDB Local: it has an endpoint, and a thread of its own. */
export async function startMemoryDynamoDb(): Promise<DynamoDbLocal> {
  const worker = new Worker(new URL('./server-worker.ts', import.meta.url));
  const [endpoint] = (await once(worker, 'message')) as [string];
  // Whoever has started it may end without a stop.
  worker.unref();
  return {
    endpoint,
    async stop() {
      await worker.terminate();
    },
  };
}
