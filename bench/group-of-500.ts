// A group of 500 members over real sockets: one writes, all read, everyone ends at 500 of 500.
//   node bench/group-of-500.ts [--members N] [--json]
// Exits with 1 when a client ends up showing anything else.
import { parseArgs } from 'node:util';
import { type Child, startChild } from './child.ts';
import type { CloudCommands } from './cloud-process.ts';
import { costsOf, sumOf, type Units } from './costs.ts';
import type { GroupFigures, MessageFigures } from './group-figures.ts';
import { groupReport } from './group-report.ts';
import type { MembersCommands } from './members-process.ts';
import { findDynamoDbLocal, memoryOf } from './memory-of.ts';
import { type MeteringProxy, startMeteringProxy } from './metering-proxy.ts';
import { processorMsOf } from './processor-time.ts';
import { writeRowPerReceipt } from './row-per-receipt.ts';
import { concurrency, type Open, say, setStage, withOpen } from './stage.ts';
import { faultsOf, targetsOf } from './targets.ts';
import { userIdsOf } from './user-ids.ts';
import { callRoute, fetchToken } from './wire-client.ts';

const groupId = 'team-of-500x';
const readsPerSecond = 20;

interface Stage {
  cloud: Child<CloudCommands>;
  crowd: Child<MembersCommands>;
  /** Between the cloud and the database. */
  proxy: MeteringProxy;
  databasePid: number | undefined;
}

async function main(open: Open): Promise<void> {
  const { members, json } = readArguments();
  const figures = await measure(members, await startAll(open));
  const report = () => `${groupReport(figures)}\n\n${targetsOf(figures)}`;
  console.log(json ? JSON.stringify(figures, null, 2) : report());
  const faults = faultsOf(figures);
  for (const fault of faults) console.error(`✗ ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}

function readArguments(): { members: number; json: boolean } {
  const { values } = parseArgs({
    options: { members: { type: 'string', default: '500' }, json: { type: 'boolean' } },
  });
  const members = Number(values.members);
  if (Number.isInteger(members) && members >= 2 && members <= 1000) {
    return { members, json: values.json ?? false };
  }
  throw new Error(`--members is "${values.members}"; it must be a number from 2 to 1000.`);
}

/** The cloud and the clients each in a process of their own. */
async function startAll(open: Open): Promise<Stage> {
  const { assemblyDir, dynamoDbEndpoint, cloud } = await setStage(open);
  const proxy = await startMeteringProxy(dynamoDbEndpoint);
  open.push(proxy.stop);
  const crowd = startChild<MembersCommands>(new URL('./members-process.ts', import.meta.url));
  open.push(crowd.stop);
  await cloud.call('start', { assemblyDir, dynamoDbEndpoint: proxy.endpoint, concurrency });
  return { cloud, crowd, proxy, databasePid: findDynamoDbLocal(dynamoDbEndpoint) };
}

async function measure(members: number, stage: Stage): Promise<GroupFigures> {
  const userIds = userIdsOf(members);
  const connectMs = await connect(userIds, stage);
  say(`Reading at ${readsPerSecond} reads a second`);
  const spread = await measureMessage(stage, { perSecond: readsPerSecond });
  say('Reading all at once');
  const burst = await measureMessage(stage);
  say('The same where only the sender sees who has read');
  await hideFromOthers(stage, userIds[0] ?? '');
  const senderOnly = await measureMessage(stage, { shownTo: 1 });
  const memoryMb = {
    'local cloud with its functions': memoryOf(stage.cloud.pid),
    'DynamoDB Local': memoryOf(stage.databasePid),
    [`${members} clients`]: memoryOf(stage.crowd.pid),
    'this process with the meter': memoryOf(process.pid),
  };
  say('Writing a row per message and member');
  const rowPerReceipt = await measureRows(stage.proxy, userIds);
  return { members, readsPerSecond, connectMs, spread, burst, senderOnly, rowPerReceipt, memoryMb };
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

async function hideFromOthers({ cloud }: Stage, ownerId: string): Promise<void> {
  const { httpUrl } = await cloud.call('urls');
  const token = await fetchToken(httpUrl, ownerId);
  await callRoute(`${httpUrl}/groups/${groupId}`, token, { visibility: 'sender' }, 'PATCH');
}

/** Sends one message and has everyone read it, at this pace or without one. */
async function measureMessage(
  stage: Stage,
  pace: { perSecond?: number; shownTo?: number } = {},
): Promise<MessageFigures> {
  const { cloud, crowd, proxy } = stage;
  await Promise.all([cloud.call('reset'), crowd.call('reset')]);
  proxy.reset();
  const { seq, ...send } = await crowd.call('send', { content: 'Lunch at noon? At the corner.' });
  await cloud.call('drained');
  const sending = proxy.usage();
  proxy.reset();
  const before = processorMs(stage);
  const read = await crowd.call('readAll', { seq, ...pace });
  await cloud.call('drained');
  const after = processorMs(stage);
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
    processorMs: {
      cloud: after.cloud - before.cloud,
      database: after.database - before.database,
      clients: after.clients - before.clients,
      meter: after.meter - before.meter,
    },
  };
}

async function measureRows(proxy: MeteringProxy, userIds: string[]): Promise<Units> {
  proxy.reset();
  await writeRowPerReceipt(proxy.endpoint, userIds);
  return sumOf(costsOf(proxy.usage(), []));
}

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, each) => total + each, 0);

const processorMs = ({ cloud, crowd, databasePid }: Stage) => ({
  cloud: processorMsOf(cloud.pid),
  database: processorMsOf(databasePid),
  clients: processorMsOf(crowd.pid),
  meter: processorMsOf(process.pid),
});

await withOpen(main);
