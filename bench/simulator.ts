// A load group of the simulator for some minutes, beside the local cloud, with a message every ten seconds.
//   node bench/simulator.ts [--members N] [--minutes N] [--fast % --slow % --offline %] [--concurrency N]
// Prints memory and processor time of each process. Exits with 1 when the counts do not end exact.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type GroupHandle, SeenbyClient } from '@seenby/client';
import { startDynamoDbLocal } from '@seenby/local-cloud/dynamodb/dynamodb-local.ts';
import { synthesizeSeenby } from '../demo/local/synthesize-seenby.ts';
import { fetchToken } from '../test/support/wire/http.ts';
import { startChild } from './processes/child.ts';
import type { CloudCommands, CloudWork } from './processes/cloud-process.ts';
import { type SimulatorProcess, startSimulator } from './processes/simulator-process.ts';
import { cpuOf, findDynamoDbLocal, memoryOf } from './support/memory-of.ts';

const projectDir = join(import.meta.dirname, '..');
const messageEveryMs = 10_000;
const messagesPerLine = 3;
const countsWithinMs = 30_000;

type Close = () => unknown;
type Pids = Record<string, number | undefined>;

const number = (fallback: string) => ({ type: 'string', default: fallback }) as const;
const { values: given } = parseArgs({
  options: {
    ...{ members: number('500'), minutes: number('5') },
    ...{ fast: number('40'), slow: number('40'), offline: number('20') },
    concurrency: { type: 'string' },
  },
});

async function main(): Promise<void> {
  const open: Close[] = [];
  try {
    await measure(open);
  } finally {
    for (const close of open.reverse()) await close();
  }
}

async function measure(open: Close[]): Promise<void> {
  const { cloud, httpUrl, wsUrl, databasePid } = await startService(open);
  const simulator = await startSimulator(httpUrl, wsUrl);
  open.push(simulator.stop);
  const pids = {
    cloud: cloud.pid,
    database: databasePid,
    simulator: simulator.pid,
    page: process.pid,
  };
  const { groupId } = await simulator.call<{ groupId: string }>('PUT', '/load-group', {
    ...{ ownerId: 'owner', readerId: 'reader', members: Number(given.members) },
    ...{ fast: Number(given.fast), slow: Number(given.slow), offline: Number(given.offline) },
  });
  const [owner, reader] = await Promise.all(
    ['owner', 'reader'].map((userId) => openGroup(httpUrl, wsUrl, userId, groupId, open)),
  );
  if (!owner || !reader) throw new Error('nobody to write to');
  await untilRunning(simulator, pids);
  await cloud.call('reset');
  await writeFor(Number(given.minutes) * 60_000, owner, simulator, pids);
  console.log(workOf(await cloud.call('work')));
  await finish(simulator, owner, reader);
}

const workOf = ({ frames, functions }: CloudWork): string =>
  [
    `${frames.framesIn} frames in, ${frames.framesOut} out`,
    ...Object.entries(functions).map(([name, { calls, totalMs, errors }]) => {
      return `${name} ${calls} calls of ${(totalMs / calls).toFixed(0)} ms, ${errors} failed`;
    }),
  ].join(' | ');

async function startService(open: Close[]) {
  const assemblyDir = mkdtempSync(join(tmpdir(), 'seenby-bench-'));
  open.push(() => rmSync(assemblyDir, { recursive: true, force: true }));
  const [database] = await Promise.all([
    startDynamoDbLocal(),
    synthesizeSeenby({ projectDir, outputDir: assemblyDir }),
  ]);
  open.push(database.stop);
  const cloud = startChild<CloudCommands>(new URL('./processes/cloud-process.ts', import.meta.url));
  open.push(cloud.stop);
  const settings = given.concurrency ? { concurrency: Number(given.concurrency) } : {};
  await cloud.call('start', { assemblyDir, dynamoDbEndpoint: database.endpoint, ...settings });
  const urls = await cloud.call('urls');
  return { ...urls, cloud, databasePid: findDynamoDbLocal(database.endpoint) };
}

async function openGroup(
  httpUrl: string,
  url: string,
  userId: string,
  groupId: string,
  open: Close[],
): Promise<GroupHandle> {
  const client = new SeenbyClient({ url, httpUrl, getToken: () => fetchToken(httpUrl, userId) });
  open.push(() => client.close());
  await client.connect();
  const group = client.group(groupId);
  await group.subscribe();
  return group;
}

async function untilRunning(simulator: SimulatorProcess, pids: Pids): Promise<void> {
  const line = lineWriter(simulator, pids);
  const startMs = performance.now();
  while ((await simulator.state()).loadGroup?.phase === 'connecting') await wait(500);
  await line(`connected in ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
}

async function writeFor(
  durationMs: number,
  owner: GroupHandle,
  simulator: SimulatorProcess,
  pids: Pids,
): Promise<void> {
  const line = lineWriter(simulator, pids);
  const startMs = performance.now();
  for (let sent = 1; performance.now() - startMs < durationMs; sent++) {
    await owner.send(`Message ${sent}`);
    await wait(Math.max(0, startMs + sent * messageEveryMs - performance.now()));
    if (sent % messagesPerLine === 0) await line(`${Math.round((sent * messageEveryMs) / 1000)} s`);
  }
}

/** A line says what has been used since the one before. */
function lineWriter(simulator: SimulatorProcess, pids: Pids) {
  let before = Object.values(pids).map(cpuOf);
  let atMs = performance.now();
  return async (label: string) => {
    const now = Object.values(pids).map(cpuOf);
    const seconds = (performance.now() - atMs) / 1000;
    const each = Object.entries(pids).map(([name, pid], i) => {
      const share = (100 * ((now[i] ?? 0) - (before[i] ?? 0))) / seconds;
      return `${name} ${memoryOf(pid)} MB ${share.toFixed(0)} %`;
    });
    [before, atMs] = [now, performance.now()];
    const { loadGroup } = await simulator.state();
    const progress = `${loadGroup?.connected} connected, ${loadGroup?.reads} reads of ${loadGroup?.lastSeq} messages`;
    console.log([label, ...each, progress].join(' | '));
  };
}

async function finish(
  simulator: SimulatorProcess,
  owner: GroupHandle,
  reader: GroupHandle,
): Promise<void> {
  reader.markRead();
  const startMs = performance.now();
  const { members, lastSeq } = await simulator.call<{ members: number; lastSeq: number }>(
    'DELETE',
    '/load-group',
  );
  console.log(`all had read after ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
  const total = members + 2;
  const wrong = () =>
    Array.from({ length: lastSeq }, (_, i) => owner.getReceipt(i + 1)).filter(
      (receipt) => receipt?.read !== total || receipt.total !== total,
    );
  const deadlineMs = performance.now() + countsWithinMs;
  while (wrong().length > 0 && performance.now() < deadlineMs) await wait(100);
  console.log(`${lastSeq - wrong().length} of ${lastSeq} messages at ${total} of ${total}`);
  if (wrong().length > 0) process.exitCode = 1;
}

await main();
