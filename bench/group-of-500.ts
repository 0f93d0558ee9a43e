// A group of 500 members over real sockets: one writes, all read, everyone ends at 500 of 500.
//   node bench/group-of-500.ts [--members N] [--json] [--unmetered]
// The meter between the service and its database takes as much processor as the service: without it units are not
// counted, and times are those of the service.
// Exits with 1 when a client ends up showing anything else.
import { parseArgs } from 'node:util';
import { callRoute, fetchToken } from '../test/support/wire/http.ts';
import { type Child, startChild } from './processes/child.ts';
import type { CloudCommands } from './processes/cloud-process.ts';
import type { MembersCommands } from './processes/members-process.ts';
import { costsOf } from './reports/costs.ts';
import type { GroupFigures, MessageFigures } from './reports/group-figures.ts';
import { groupReport } from './reports/group-report.ts';
import { faultsOf, targetsOf } from './reports/targets.ts';
import { concurrency, type Open, say, startDemoSession, withOpen } from './support/demo-session.ts';
import { findDynamoDbLocal, memoryOf } from './support/memory-of.ts';
import { type MeteringProxy, startMeteringProxy } from './support/metering-proxy.ts';
import { processorMsOf } from './support/processor-time.ts';
import { userIdsOf } from './support/user-ids.ts';

const groupId = 'team-of-500x';
const readsPerSecond = 20;

interface Started {
  cloud: Child<CloudCommands>;
  memberProcess: Child<MembersCommands>;
  /** Between the cloud and the database. */
  proxy: MeteringProxy;
  databasePid: number | undefined;
}

async function main(open: Open): Promise<void> {
  const { members, json, unmetered } = readArguments();
  const figures = await measure(members, await startAll(open, unmetered));
  const report = () => `${groupReport(figures)}\n\n${targetsOf(figures)}`;
  console.log(json ? JSON.stringify(figures, null, 2) : report());
  const faults = faultsOf(figures);
  for (const fault of faults) console.error(`✗ ${fault}`);
  if (faults.length > 0) process.exitCode = 1;
}

function readArguments(): { members: number; json: boolean; unmetered: boolean } {
  const { values } = parseArgs({
    options: {
      members: { type: 'string', default: '500' },
      json: { type: 'boolean', default: false },
      unmetered: { type: 'boolean', default: false },
    },
  });
  const members = Number(values.members);
  if (Number.isInteger(members) && members >= 2 && members <= 1000) {
    return { ...values, members };
  }
  throw new Error(`--members is "${values.members}"; it must be a number from 2 to 1000.`);
}

/** The cloud and the clients each in a process of their own. */
async function startAll(open: Open, unmetered: boolean): Promise<Started> {
  const { assemblyDir, dynamoDbEndpoint, cloud } = await startDemoSession(open);
  const proxy = unmetered ? noMeter(dynamoDbEndpoint) : await startMeteringProxy(dynamoDbEndpoint);
  open.push(proxy.stop);
  const memberProcess = startChild<MembersCommands>(
    new URL('./processes/members-process.ts', import.meta.url),
  );
  open.push(memberProcess.stop);
  await cloud.call('start', { assemblyDir, dynamoDbEndpoint: proxy.endpoint, concurrency });
  return { cloud, memberProcess, proxy, databasePid: findDynamoDbLocal(dynamoDbEndpoint) };
}

const noMeter = (endpoint: string): MeteringProxy => ({
  endpoint,
  usage: () => [],
  reset: () => {},
  stop: async () => {},
});

async function measure(members: number, started: Started): Promise<GroupFigures> {
  const userIds = userIdsOf(members);
  const connectMs = await connect(userIds, started);
  say(`Reading at ${readsPerSecond} reads a second`);
  const spread = await measureMessage(started, { perSecond: readsPerSecond });
  say('Reading all at once');
  const burst = await measureMessage(started);
  say('The same where only the sender sees who has read');
  await hideFromOthers(started, userIds[0] ?? '');
  const senderOnly = await measureMessage(started, { shownTo: 1 });
  const memoryMb = {
    'local cloud with its functions': memoryOf(started.cloud.pid),
    'DynamoDB Local': memoryOf(started.databasePid),
    [`${members} clients`]: memoryOf(started.memberProcess.pid),
    'this process with the meter': memoryOf(process.pid),
  };
  return { members, readsPerSecond, connectMs, spread, burst, senderOnly, memoryMb };
}

async function connect(userIds: string[], { cloud, memberProcess }: Started): Promise<number> {
  const { httpUrl, wsUrl } = await cloud.call('urls');
  const [authorId = '', ...memberIds] = userIds;
  const group = { groupId, name: 'Team', memberIds, tracking: 'receipts' };
  await callRoute(`${httpUrl}/groups`, await fetchToken(httpUrl, authorId), group);
  say(`Connecting ${userIds.length} members`);
  const startMs = performance.now();
  await memberProcess.call('connect', { httpUrl, wsUrl, groupId, userIds });
  const connectMs = performance.now() - startMs;
  await cloud.call('drained');
  return connectMs;
}

async function hideFromOthers({ cloud }: Started, ownerId: string): Promise<void> {
  const { httpUrl } = await cloud.call('urls');
  const token = await fetchToken(httpUrl, ownerId);
  await callRoute(`${httpUrl}/groups/${groupId}`, token, { visibility: 'sender' }, 'PATCH');
  // Everybody is told by way of the queue: those frames are none of the next message's.
  await cloud.call('drained');
}

/** Sends one message and has everyone read it, at this pace or without one. */
async function measureMessage(
  started: Started,
  pace: { perSecond?: number; shownTo?: number } = {},
): Promise<MessageFigures> {
  const { cloud, memberProcess, proxy } = started;
  await Promise.all([cloud.call('reset'), memberProcess.call('reset')]);
  proxy.reset();
  const { seq, ...send } = await memberProcess.call('send', {
    content: 'Lunch at noon? At the corner.',
  });
  await cloud.call('drained');
  const sending = proxy.usage();
  proxy.reset();
  const before = processorMs(started);
  const read = await memberProcess.call('readAll', { seq, ...pace });
  await cloud.call('drained');
  const after = processorMs(started);
  await memberProcess.call('caughtUp');
  const used = [...sending, ...proxy.usage()];
  const { frames, functions } = await cloud.call('work');
  return {
    send,
    read,
    frames: { in: frames.framesIn, out: frames.framesOut },
    clients: await memberProcess.call('frames'),
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

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, each) => total + each, 0);

const processorMs = ({ cloud, memberProcess, databasePid }: Started) => ({
  cloud: processorMsOf(cloud.pid),
  database: processorMsOf(databasePid),
  clients: processorMsOf(memberProcess.pid),
  meter: processorMsOf(process.pid),
});

await withOpen(main);
