import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  type DynamoDbLocal,
  startDynamoDbLocal,
} from '@seenby/local-cloud/dynamodb/dynamodb-local.ts';
import { findDynamoDbLocal } from '../../../bench/support/memory-of.ts';

/** DynamoDB Local on disk, that can be killed and started again at the same address. */
export class Database {
  readonly endpoint: string;
  readonly #dataDir: string;
  #running: DynamoDbLocal;

  static async start(dataDir: string): Promise<Database> {
    return new Database(dataDir, await startDynamoDbLocal({ dataDir }));
  }

  private constructor(dataDir: string, running: DynamoDbLocal) {
    this.endpoint = running.endpoint;
    this.#dataDir = dataDir;
    this.#running = running;
  }

  /** Of the Java process. */
  get pid(): number {
    const pid = findDynamoDbLocal(this.endpoint);
    if (pid === undefined) throw new Error(`no DynamoDB Local serves ${this.endpoint}`);
    return pid;
  }

  /** SIGKILL, and a new one on the same files. Resolves once it answers. */
  async killAndRestart(): Promise<void> {
    process.kill(this.pid, 'SIGKILL');
    await this.#running.stop();
    const port = Number(new URL(this.endpoint).port);
    this.#running = await startDynamoDbLocal({ dataDir: this.#dataDir, port });
  }

  /** What its objects take after a garbage collection, in MB; undefined without a JDK. */
  async heapMb(): Promise<number | undefined> {
    try {
      await run('jcmd', [String(this.pid), 'GC.run']);
      const { stdout } = await run('jcmd', [String(this.pid), 'GC.heap_info']);
      const used = [...stdout.matchAll(/generation.*used (\d+)K/g)].map(([, kb]) => Number(kb));
      return Math.round(used.reduce((sum, kb) => sum + kb, 0) / 102.4) / 10;
    } catch {
      return undefined;
    }
  }

  stop(): Promise<void> {
    return this.#running.stop();
  }
}

const run = promisify(execFile);
