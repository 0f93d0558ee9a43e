import { parentPort } from 'node:worker_threads';
import { serveMemoryDynamoDb } from './memory-server.ts';

/** A database with a thread of its own; it ends with the thread. */
const { endpoint } = await serveMemoryDynamoDb();
parentPort?.postMessage(endpoint);
