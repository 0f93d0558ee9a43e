import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Child, startChild } from '../../../bench/processes/child.ts';
import { memoryOf } from '../../../bench/support/memory-of.ts';
import { processorMsOf } from '../../../bench/support/processor-time.ts';
import { callRoute, fetchToken } from '../../support/wire/http.ts';
import { CloudHost } from '../parts/cloud-host.ts';
import { Database } from '../parts/database.ts';
import { withOpen } from '../parts/with-open.ts';
import type { GroupOfPeople, PeopleCommands } from './people-process.ts';
import { RowSizeReader } from './row-sizes.ts';
import type { ProcessFigures, ProcessName, Sample } from './sample.ts';
import type { SdkCommands } from './sdk-process.ts';

const minuteMs = 60_000;
const minutesBetweenHeaps = 5;
const groupNames = ['sales', 'ships', 'store', 'sound'];
const membersPerGroup = 50;
/** Of each group; they have the SDK. */
const sdkPerGroup = 2;

/** All at a steady pace that leaves the machine idle most of the time. */
export const runSoak = (options: SoakOptions): Promise<void> =>
  withOpen(async (open) => {
    mkdirSync(options.outDir, { recursive: true });
    const parts = await startParts(options, open);
    await connectAll(parts, options.seed);
    await parts.people.call('begin');
    await sampleUntil(options, parts);
  });

interface SoakOptions {
  minutes: number;
  seed: number;
  outDir: string;
}

async function startParts({ outDir }: SoakOptions, open: AsyncDisposableStack): Promise<Parts> {
  const database = await Database.start(join(outDir, 'dynamodb'));
  open.defer(() => database.stop());
  const cloud = await CloudHost.start(join(outDir, 'cloud'), database.endpoint);
  open.defer(() => cloud.stop());
  const people = startChild<PeopleCommands>(new URL('./people-process.ts', import.meta.url));
  open.defer(() => people.stop());
  const sdk = startChild<SdkCommands>(new URL('./sdk-process.ts', import.meta.url));
  open.defer(() => sdk.stop());
  const rows = await RowSizeReader.open(database.endpoint);
  open.defer(() => rows.close());
  return { database, cloud, people, sdk, rows };
}

interface Parts {
  database: Database;
  cloud: CloudHost;
  people: Child<PeopleCommands>;
  sdk: Child<SdkCommands>;
  rows: RowSizeReader;
}

async function connectAll(
  { cloud, people, sdk }: Pick<Parts, 'cloud' | 'people' | 'sdk'>,
  seed: number,
): Promise<void> {
  const { urls } = cloud;
  const groups = groupNames.map((groupId) => ({
    groupId,
    userIds: Array.from({ length: membersPerGroup }, (_, i) => `${groupId}-${i}`),
  }));
  for (const { groupId, userIds } of groups) {
    const [ownerId = '', ...memberIds] = userIds;
    const token = await fetchToken(urls.httpUrl, ownerId);
    await callRoute(`${urls.httpUrl}/groups`, token, { groupId, name: groupId, memberIds });
  }
  const plain = membersPerGroup - sdkPerGroup;
  const part = (from: number, to?: number): GroupOfPeople[] =>
    groups.map(({ groupId, userIds }) => ({ groupId, userIds: userIds.slice(from, to) }));
  await people.call('connect', { urls, seed, groups: part(0, plain) });
  await sdk.call('connect', { urls, groups: part(plain) });
}

async function sampleUntil(
  { minutes, outDir }: { minutes: number; outDir: string },
  parts: Parts,
): Promise<void> {
  const startMs = performance.now();
  const file = join(outDir, 'samples.jsonl');
  for (let minute = 1; minute <= minutes; minute++) {
    await wait(Math.max(0, startMs + minute * minuteMs - performance.now()));
    appendFileSync(file, `${JSON.stringify(await takeSample(minute, parts))}\n`);
  }
}

async function takeSample(minute: number, parts: Parts): Promise<Sample> {
  const { database, cloud, people, sdk, rows } = parts;
  const { lastSeq, ...work } = await people.call('work');
  const { faults } = await cloud.process.call('work');
  const pids = {
    'local cloud': cloud.process.pid,
    'DynamoDB Local': database.pid,
    'wire clients': people.pid,
    'SDK clients': sdk.pid,
  };
  return {
    ...{ minute, ...work, lastSeq, faults, shown: await sdk.call('shown') },
    rows: await rows.read(groupNames),
    processes: Object.fromEntries(
      Object.entries(pids).map(([name, pid]) => [name, figuresOf(pid)]),
    ) as Record<ProcessName, ProcessFigures>,
    ...(minute % minutesBetweenHeaps === 0 && { heaps: await heapsOf(parts) }),
  };
}

const figuresOf = (pid: number): ProcessFigures => ({
  residentMb: memoryOf(pid) ?? Number.NaN,
  processorSeconds: processorMsOf(pid) / 1000,
});

async function heapsOf({
  database,
  cloud,
  people,
  sdk,
}: Parts): Promise<NonNullable<Sample['heaps']>> {
  const heapMb = await database.heapMb();
  return {
    'local cloud': await cloud.process.call('memory'),
    ...(heapMb !== undefined && { 'DynamoDB Local': { heapMb } }),
    'wire clients': await people.call('memory'),
    'SDK clients': await sdk.call('memory'),
  };
}
