// A group of 500 members over real sockets: one writes, all read, everyone ends at 500 of 500.
//   node bench/group-of-500.ts [--members N] [--json]
// Exits with 1 when a client ends up showing anything else.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDynamoDbLocal } from '../local/dynamodb/dynamodb-local.ts';
import { synthesize } from '../local/synthesize.ts';
import { type Child, startChild } from './child.ts';
import type { CloudCommands } from './cloud-process.ts';
import { costsOf, sumOf, type Units } from './costs.ts';
import { faultsOf, type GroupFigures, type MessageFigures } from './group-figures.ts';
import { groupReport } from './group-report.ts';
import type { MembersCommands } from './members-process.ts';
import { findDynamoDbLocal, memoryOf } from './memory-of.ts';
import { type MeteringProxy, startMeteringProxy } from './metering-proxy.ts';
import { writeRowPerReceipt } from './row-per-receipt.ts';
import { callRoute, fetchToken } from './wire-client.ts';

const projectDir = join(import.meta.dirname, '..');
const groupId = 'team-of-500x';
const readsPerSecond = 20;

interface Stage {
  cloud: Child<CloudCommands>;
  crowd: Child<MembersCommands>;
  proxy: MeteringProxy;
  databasePid: number | undefined;
}

type Close = () => unknown;

async function main(): Promise<void> {
  const { members, json } = readArguments();
  const open: Close[] = [];
  try {
    const figures = await measure(members, await setStage(open));
    console.log(json ? JSON.stringify(figures, null, 2) : groupReport(figures));
    const faults = faultsOf(figures);
    for (const fault of faults) console.error(`✗ ${fault}`);
    if (faults.length > 0) process.exitCode = 1;
  } finally {
    for (const close of open.reverse()) await close();
  }
}

function readArguments(): { members: number; json: boolean } {
  const { values } = parseArgs({
    options: { members: { type: 'string', default: '500' }, json: { type: 'boolean' } },
  });
  const members = Number(values.members);
  if (Number.isInteger(members) && members >= 2 && members <= 5000) {
    return { members, json: values.json ?? false };
  }
  throw new Error(`--members is "${values.members}"; it must be a number from 2 to 5000.`);
}

/** The cloud and the clients each in a process of their own; the meter between cloud and database. */
async function setStage(open: Close[]): Promise<Stage> {
  const assemblyDir = mkdtempSync(join(tmpdir(), 'seenby-bench-'));
  open.push(() => rmSync(assemblyDir, { recursive: true, force: true }));
  say('Synthesizing and starting DynamoDB Local');
  const [database] = await Promise.all([
    startDynamoDbLocal(),
    synthesize({ projectDir, outputDir: assemblyDir }),
  ]);
  open.push(database.stop);
  const proxy = await startMeteringProxy(database.endpoint);
  open.push(proxy.stop);
  const cloud = startChild<CloudCommands>(new URL('./cloud-process.ts', import.meta.url));
  open.push(cloud.stop);
  const crowd = startChild<MembersCommands>(new URL('./members-process.ts', import.meta.url));
  open.push(crowd.stop);
  await cloud.call('start', { assemblyDir, dynamoDbEndpoint: proxy.endpoint });
  return { cloud, crowd, proxy, databasePid: findDynamoDbLocal(database.endpoint) };
}

async function measure(members: number, stage: Stage): Promise<GroupFigures> {
  const userIds = Array.from({ length: members }, (_, i) => `member-${String(i).padStart(5, '0')}`);
  const connectMs = await connect(userIds, stage);
  say(`Reading at ${readsPerSecond} reads a second`);
  const spread = await measureMessage(stage, readsPerSecond);
  say('Reading all at once');
  const burst = await measureMessage(stage);
  const memoryMb = {
    'local cloud with its functions': memoryOf(stage.cloud.pid),
    'DynamoDB Local': memoryOf(stage.databasePid),
    [`${members} clients`]: memoryOf(stage.crowd.pid),
    'this process with the meter': memoryOf(process.pid),
  };
  say('Writing a row per message and member');
  const rowPerReceipt = await measureRows(stage.proxy, userIds);
  return { members, readsPerSecond, connectMs, spread, burst, rowPerReceipt, memoryMb };
}

async function connect(userIds: string[], { cloud, crowd }: Stage): Promise<number> {
  const { httpUrl, wsUrl } = await cloud.call('urls');
  const [authorId = '', ...memberIds] = userIds;
  const group = { groupId, name: 'Team', memberIds, tracking: 'receipts' };
  await callRoute(`${httpUrl}/groups`, await fetchToken(httpUrl, authorId), group);
  say(`Connecting ${userIds.length} members`);
  const startMs = performance.now();
  await crowd.call('connect', { httpUrl, wsUrl, groupId, userIds });
  const connectMs = performance.now() - startMs;
  await cloud.call('drained');
  return connectMs;
}

/** Sends one message and has everyone read it, at this pace or without one. */
async function measureMessage(stage: Stage, perSecond?: number): Promise<MessageFigures> {
  const { cloud, crowd, proxy } = stage;
  await Promise.all([cloud.call('reset'), crowd.call('reset')]);
  proxy.reset();
  const { seq, ...send } = await crowd.call('send', { content: 'Lunch at noon? At the corner.' });
  await cloud.call('drained');
  const sending = proxy.usage();
  proxy.reset();
  const read = await crowd.call('readAll', { seq, ...(perSecond !== undefined && { perSecond }) });
  await cloud.call('drained');
  await crowd.call('caughtUp');
  const used = [...sending, ...proxy.usage()];
  const { frames, functions } = await cloud.call('work');
  return {
    send,
    read,
    frames: { in: frames.framesIn, out: frames.framesOut },
    clients: await crowd.call('frames'),
    costs: costsOf(sending, proxy.usage()),
    functionsMs: sum(Object.values(functions).map(({ totalMs }) => totalMs)),
    databaseMs: sum(used.map(({ totalMs }) => totalMs)),
    databaseRequests: sum(used.map(({ requests }) => requests)),
  };
}

async function measureRows(proxy: MeteringProxy, userIds: string[]): Promise<Units> {
  proxy.reset();
  await writeRowPerReceipt(proxy.endpoint, userIds);
  return sumOf(costsOf(proxy.usage(), []));
}

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, each) => total + each, 0);

/** Progress is no part of the figures. */
function say(text: string): void {
  console.error(`${text} …`);
}

await main();
