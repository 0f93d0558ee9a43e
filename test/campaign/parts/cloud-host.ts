import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findFreePort } from '@seenby/local-cloud/dynamodb/free-port.ts';
import { type Child, startChild } from '../../../bench/processes/child.ts';
import type { CloudCommands, CloudSettings } from '../../../bench/processes/cloud-process.ts';
import { assemblyOf } from '../../../demo/local/synthesize-seenby.ts';

const projectDir = join(import.meta.dirname, '../../..');
const cloudFile = new URL('../../../bench/processes/cloud-process.ts', import.meta.url);

const startTimeoutMs = 30_000;

export interface Urls {
  httpUrl: string;
  wsUrl: string;
}

/** The local cloud in a process of its own, at the same addresses however often it is started. */
export class CloudHost {
  readonly urls: Urls;
  readonly #settings: CloudSettings;
  #cloud: Child<CloudCommands>;
  failedStarts = 0;

  /** `dataDir` keeps what AWS would keep besides the table; `endpoint` is where DynamoDB is reached. */
  static async start(dataDir: string, endpoint: string): Promise<CloudHost> {
    const { assemblyDir } = await assemblyOf(projectDir);
    const [httpPort, wsPort] = [await findFreePort(), await findFreePort()];
    const settings = { assemblyDir, dataDir, dynamoDbEndpoint: endpoint, httpPort, wsPort };
    const cloud = new CloudHost({ ...settings, concurrency: 3 });
    await cloud.#start();
    return cloud;
  }

  private constructor(settings: CloudSettings) {
    this.#settings = settings;
    const { httpPort, wsPort } = settings;
    this.urls = { httpUrl: `http://127.0.0.1:${httpPort}`, wsUrl: `ws://127.0.0.1:${wsPort}` };
    this.#cloud = startChild<CloudCommands>(cloudFile);
  }

  /** What it can be asked, until it is killed. */
  get process(): Child<CloudCommands> {
    return this.#cloud;
  }

  /** SIGKILL, and a new one at the same addresses. Resolves once it serves. */
  async killAndRestart(): Promise<void> {
    await this.#cloud.kill();
    for (;;) {
      this.#cloud = startChild<CloudCommands>(cloudFile);
      // A database that does not answer may let a start fail or hang: who runs it would try again.
      const started = this.#start().then(
        () => true,
        () => false,
      );
      if (await Promise.race([started, wait(startTimeoutMs, false, { ref: false })])) return;
      this.failedStarts += 1;
      await this.#cloud.kill();
    }
  }

  stop(): Promise<void> {
    return this.#cloud.stop();
  }

  async #start(): Promise<void> {
    await this.#cloud.call('start', this.#settings);
  }
}
