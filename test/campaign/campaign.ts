import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startChild } from '../../bench/processes/child.ts';
import { seededRandom } from '../../demo/simulator/random.ts';
import { check, countReceipts } from './checker/check.ts';
import { fetchStored } from './checker/fetch-stored.ts';
import type { Finding } from './checker/finding.ts';
import type { StoredGroup } from './checker/stored-group.ts';
import { FaultMaker, type FaultTargets, type MadeFault } from './faults/fault-maker.ts';
import type { DoneFaults } from './faults/faulty-link.ts';
import { planFaults } from './faults/plan.ts';
import type { ProxyCommands } from './faults/proxy-process.ts';
import { type Healing, waitForTruth } from './healing.ts';
import { readHistoryFiles } from './history/history-file.ts';
import { type History, historyOf } from './history/operations.ts';
import { CloudHost, type Urls } from './parts/cloud-host.ts';
import { createGroup } from './parts/create-group.ts';
import { Database } from './parts/database.ts';
import { type CampaignGroup, makeGroups, type Sizes } from './parts/groups.ts';
import { withOpen } from './parts/with-open.ts';
import type { LoadCommands, LoadState } from './people/load-process.ts';
import type { SdkCommands } from './people/sdk-process.ts';

export interface CampaignOptions {
  minutes: number;
  seed: number;
  receipts: number;
  sizes: Sizes;
  cloudKills: number;
  databaseKills: number;
  outDir: string;
  say: (line: string) => void;
}

export interface CampaignResult {
  options: Omit<CampaignOptions, 'say'>;
  startedAt: number;
  faultsEndedAt: number;
  faults: MadeFault[];
  done: DoneFaults;
  /** When the faults ended. */
  load: LoadState;
  history: History;
  receipts: number;
  stored: StoredGroup[];
  healing: Healing;
  findings: Finding[];
}

const readOnSeconds = 240;

const fileOf = (path: string): URL => new URL(path, import.meta.url);

/** Plays a campaign from a seed: faults while people send and read, then healing, then the reckoning. */
export const runCampaign = (options: CampaignOptions): Promise<CampaignResult> =>
  withOpen((open) => play(options, open));

async function play(options: CampaignOptions, open: AsyncDisposableStack): Promise<CampaignResult> {
  const { minutes, seed, outDir, say } = options;
  const historyDir = join(outDir, 'history');
  mkdirSync(historyDir, { recursive: true });
  const groups = makeGroups(options.sizes, options.receipts);
  const targets = await startParts(options, open);
  const { cloud, load, sdk, proxy } = targets;
  say(`Making ${groups.length} groups`);
  for (const group of groups) await createGroup(cloud.urls, group);
  const people = { urls: cloud.urls, groups, historyDir };
  await load.call('start', { ...people, seed: seed + 1, minutes });
  await sdk.call('start', { ...people, seed: seed + 2 });

  const startedAt = Date.now();
  await load.call('begin');
  await sdk.call('begin');
  const maker = new FaultMaker(targets);
  const stopSaying = sayEachMinute(targets, maker, say);
  await maker.run(planFaults(options, seededRandom(seed)));
  stopSaying();
  const faultsEndedAt = Date.now();
  const loadState = await load.call('state');
  say(`The faults have ended after ${loadState.receipts} receipts`);
  await readOn(load, options.receipts);
  await sdk.call('watch');
  await load.call('stop');
  say('Nobody does anything more; waiting for everybody to be right');

  const receivers = { withOwnDeliveries: new Set(groups.flatMap(({ sdkIds }) => sdkIds)) };
  const { stored, healing } = await waitForTruth({
    ...{ cloud, sdk, say },
    fetchAll: () => fetchAll(groups, cloud.urls),
  });
  await sdk.call('stop');
  const history = historyOf(readHistoryFiles(historyDir));
  return {
    options,
    ...{ startedAt, faultsEndedAt, faults: maker.made, done: await proxy.call('done') },
    ...{ load: loadState, history, receipts: countReceipts(history), stored, healing },
    findings: [...healing.findings, ...check(stored, history, receivers)],
  };
}

/** Without faults, until there are as many receipts as asked for, or it takes too long. */
async function readOn(load: FaultTargets['load'], receipts: number): Promise<void> {
  for (let i = 0; i < readOnSeconds; i++) {
    if ((await load.call('state')).receipts >= receipts) return;
    await wait(1000);
  }
}

async function startParts(
  { outDir, seed, say }: CampaignOptions,
  open: AsyncDisposableStack,
): Promise<FaultTargets> {
  say('Starting the parts');
  const database = await Database.start(join(outDir, 'dynamodb'));
  open.defer(() => database.stop());
  const proxy = startChild<ProxyCommands>(fileOf('./faults/proxy-process.ts'));
  open.defer(() => proxy.stop());
  const targetPort = Number(new URL(database.endpoint).port);
  const port = await proxy.call('start', { targetPort, seed: seed + 3 });
  const cloud = await CloudHost.start(join(outDir, 'cloud'), `http://127.0.0.1:${port}`);
  open.defer(() => cloud.stop());
  const load = startChild<LoadCommands>(fileOf('./people/load-process.ts'));
  open.defer(() => load.stop());
  const sdk = startChild<SdkCommands>(fileOf('./people/sdk-process.ts'));
  open.defer(() => sdk.stop());
  return { database, proxy, cloud, load, sdk };
}

async function fetchAll(groups: readonly CampaignGroup[], urls: Urls): Promise<StoredGroup[]> {
  const stored: StoredGroup[] = [];
  for (const group of groups) stored.push(await fetchStored(group, urls));
  return stored;
}

/** Tells of the progress until it is stopped. */
function sayEachMinute(
  { load, sdk }: FaultTargets,
  { made }: FaultMaker,
  say: (line: string) => void,
): () => void {
  const ending = new AbortController();
  const run = async (): Promise<void> => {
    for (let minute = 1; ; minute++) {
      await wait(60_000, undefined, { signal: ending.signal });
      const { receipts, messages, unread } = await load.call('state');
      const kills = made.filter(({ kind }) => kind.startsWith('kill')).length;
      say(
        `${minute} min: ${messages} messages, ${receipts} receipts, ${unread} not read, ${kills} kills`,
      );
      const { clients, connected, unsent, failed, oldestMs } = await sdk.call('state');
      const seconds = Math.round(oldestMs / 1000);
      say(
        `  SDK: ${connected} of ${clients} connected, ${unsent} messages unsent (${failed} given up), the oldest for ${seconds} s`,
      );
    }
  };
  run().catch(() => {});
  return () => ending.abort();
}
