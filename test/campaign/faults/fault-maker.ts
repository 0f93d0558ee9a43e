import { setTimeout as wait } from 'node:timers/promises';
import type { Child } from '../../../bench/processes/child.ts';
import type { CloudHost } from '../parts/cloud-host.ts';
import type { Database } from '../parts/database.ts';
import type { LoadCommands } from '../people/load-process.ts';
import type { SdkCommands } from '../people/sdk-process.ts';
import { type FaultKind, type NetworkFault, networkFaults, type PlannedFault } from './plan.ts';
import type { ProxyCommands } from './proxy-process.ts';

/**
 * After a fault is over, and before the next one; at least as long as the fault lasted. Else a machine on which
 * a restart is slow would do nothing but restart.
 */
const minPauseMs = 2000;
const cutShare = 0.3;
const silentShare = 0.05;

export interface FaultTargets {
  database: Database;
  cloud: CloudHost;
  proxy: Child<ProxyCommands>;
  load: Child<LoadCommands>;
  sdk: Child<SdkCommands>;
}

/** A fault that was made. */
export interface MadeFault {
  kind: FaultKind;
  /** Epoch milliseconds. */
  at: number;
  /** Of a kill, until the part serves again. */
  lastedMs: number;
}

/** Makes the faults of a plan in their time. A kill waits for the one before to be over. */
export class FaultMaker {
  readonly made: MadeFault[] = [];
  readonly #targets: FaultTargets;

  constructor(targets: FaultTargets) {
    this.#targets = targets;
  }

  /** Resolves once the last one is over. Those that take long move the others. */
  async run(plan: readonly PlannedFault[]): Promise<void> {
    const startMs = performance.now();
    let pauseMs = minPauseMs;
    for (const fault of plan) {
      await wait(Math.max(pauseMs, startMs + fault.atMs - performance.now()));
      pauseMs = Math.max(minPauseMs, await this.#make(fault));
    }
  }

  async #make({ kind, durationMs }: PlannedFault): Promise<number> {
    const at = Date.now();
    const startMs = performance.now();
    await this.#act(kind, durationMs);
    const lastedMs = Math.round(performance.now() - startMs);
    this.made.push({ kind, at, lastedMs });
    return lastedMs;
  }

  async #act(kind: FaultKind, durationMs: number): Promise<void> {
    const { database, cloud, proxy, load, sdk } = this.#targets;
    if (kind === 'kill the local cloud') await cloud.killAndRestart();
    else if (kind === 'kill DynamoDB Local') await database.killAndRestart();
    else if (kind === 'cut clients') {
      await Promise.all([load.call('cut', cutShare), sdk.call('cut', cutShare)]);
    } else if (kind === 'silent clients') await sdk.call('silence', silentShare);
    else if (isOfNetwork(kind)) {
      await proxy.call('begin', kind);
      await wait(durationMs);
      await proxy.call('heal');
    }
  }
}

const isOfNetwork = (kind: FaultKind): kind is NetworkFault =>
  (networkFaults as readonly string[]).includes(kind);
