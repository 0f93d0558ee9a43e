import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gbSeconds as perEvent } from '@seenby/core/costs/function-times.ts';
import { startMemoryDynamoDb } from '@seenby/local-cloud/dynamodb/memory/start-memory-dynamodb.ts';
import { createTables } from '@seenby/local-cloud/dynamodb/tables.ts';
import { functionEnvironment } from '@seenby/local-cloud/gateway/function-environment.ts';
import {
  type FunctionSettings,
  readFunctionSettings,
} from '@seenby/local-cloud/lambda/function-settings.ts';
import { Template } from '@seenby/local-cloud/template/template.ts';
import { IdentityProvider } from '../../demo/local/identity/identity-provider.ts';
import { assemblyOf } from '../../demo/local/synthesize-seenby.ts';
import { environmentNames } from '../../functions/runtime/environment.ts';
import { startChild } from '../processes/child.ts';
import type { FunctionCommands, Invocation } from '../processes/function-process.ts';
import { percentilesOf } from '../reports/percentiles.ts';
import { startAnsweringServer } from '../sandboxes/answering-server.ts';
import { CalledGroup } from '../sandboxes/called-group.ts';
import { connectionsOfJob, eventsOf, type NewEvent } from '../sandboxes/events.ts';
import type { Open } from '../support/demo-session.ts';
import { limitProcessor } from '../support/processor-share.ts';
import type { Scenario } from './scenario.ts';

/** Those whose posts are bounded by the second get a pause before each event. */
const paused = { names: ['Push', 'FanOut'], pauseMs: 1000, runs: 8 };
const runs = 60;
/** What the compiler of the engine has to see before a mark costs as much as in a process that has run for long. */
const busy = { blocks: 14, countedBlocks: 4, marks: 500, atOnce: 16 };
const projectDir = join(import.meta.dirname, '../..');

const computed: Readonly<Record<string, number>> = {
  ...{ Socket: perEvent.socket, Recorder: perEvent.recorder, FanOut: perEvent.fanOut },
  Push: perEvent.post * connectionsOfJob,
};

interface FunctionFigures {
  name: string;
  memoryMb: number;
  importMs: number;
  first: Invocation;
  usual: Invocation;
  /** Of a usual event. */
  gbSeconds: number;
}

const median = (values: readonly Invocation[]): Invocation => ({
  ms: percentilesOf(values.map(({ ms }) => ms)).p50,
  processorMs: percentilesOf(values.map(({ processorMs }) => processorMs)).p50,
});

/** In a process that is held to the processor of the function's memory from its start on. */
async function measure(settings: FunctionSettings, newEvent: NewEvent): Promise<FunctionFigures> {
  const { memoryMb, assetDir, environment } = settings;
  const child = startChild<FunctionCommands>(
    new URL('../processes/function-process.ts', import.meta.url),
  );
  const release = limitProcessor(child.pid, memoryMb);
  const call = (name: string, input: unknown) =>
    child.call(name, input as never) as Promise<Invocation>;
  const loaded = await call('load', { file: join(assetDir, 'index.mjs'), environment });
  const first = await call('invoke', await newEvent());
  const isPaused = paused.names.includes(nameOf(settings));
  const all: Invocation[] = [];
  for (let i = 0; i < (isPaused ? paused.runs : runs); i++) {
    if (isPaused) await wait(paused.pauseMs);
    all.push(await call('invoke', await newEvent()));
  }
  await child.stop();
  release();
  // The first half is for the compiler of the engine.
  const usual = median(all.slice(all.length / 2));
  const gbSeconds = (memoryMb / 1024) * (usual.ms / 1000);
  return {
    ...{ name: nameOf(settings), memoryMb, importMs: loaded.ms, first, usual, gbSeconds },
  };
}

/** The processor time of a mark where many come at once, as in the local cloud, without a limit of processor. */
async function measureBusyMark(settings: FunctionSettings, newEvent: NewEvent): Promise<number> {
  const child = startChild<FunctionCommands>(
    new URL('../processes/function-process.ts', import.meta.url),
  );
  const { assetDir, environment } = settings;
  await child.call('load', { file: join(assetDir, 'index.mjs'), environment } as never);
  const times: number[] = [];
  for (let block = 0; block < busy.blocks; block++) {
    const events: unknown[] = [];
    for (let i = 0; i < busy.marks; i++) events.push(await newEvent());
    const { processorMs } = (await child.call('invokeAll', {
      ...{ events, atOnce: busy.atOnce },
    } as never)) as Invocation;
    times.push(processorMs / busy.marks);
  }
  await child.stop();
  return percentilesOf(times.slice(-busy.countedBlocks)).p50;
}

const nameOf = ({ logicalId }: FunctionSettings): string => logicalId.replace(/[0-9A-F]{8}$/, '');

interface Measured {
  figures: FunctionFigures[];
  busyMarkMs: number;
}

async function measureAll(open: Open, say: (what: string) => void): Promise<Measured> {
  const { assemblyDir } = await assemblyOf(projectDir);
  const template = Template.read(assemblyDir);
  const database = await startMemoryDynamoDb();
  open.push(() => database.stop());
  const [table] = Object.values(
    await createTables(template, database.endpoint, { withoutStreams: true }),
  );
  const identity = await IdentityProvider.create({});
  const server = await startAnsweringServer(database.endpoint, (...asked) =>
    identity.handle(...asked),
  );
  open.push(server.stop);
  const group = new CalledGroup(database.endpoint, table?.tableName ?? '');
  open.push(group.close);
  await group.create();
  const token = await identity.issueToken({ userId: group.memberIds[0] ?? '' });
  const events = eventsOf(group, token);
  const { url } = server;
  const environment = {
    ...functionEnvironment({ dynamoDb: url, queues: url, lambda: url }),
    [environmentNames.tableName]: table?.tableName ?? '',
    [environmentNames.callbackUrl]: `${url}/live`,
    [environmentNames.jwksUri]: `${url}/.well-known/jwks.json`,
    [environmentNames.pushQueue]: `${url}/queue`,
    AWS_ACCESS_KEY_ID: 'local',
  };
  const figures: FunctionFigures[] = [];
  let busyMarkMs = Number.NaN;
  for (const settings of readFunctionSettings(template, (value) => value, {})) {
    const newEvent = events[nameOf(settings)];
    if (!newEvent) throw new Error(`there is no event for ${settings.logicalId}`);
    say(nameOf(settings));
    const all = { ...settings.environment, ...environment };
    const toMeasure = { ...settings, environment: all };
    figures.push(await measure(toMeasure, newEvent));
    if (nameOf(settings) === 'Socket') busyMarkMs = await measureBusyMark(toMeasure, newEvent);
  }
  return { figures, busyMarkMs };
}

const ms = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

export const functionsScenario: Scenario = {
  name: 'functions',
  about: 'cold start and usual event of each Lambda, held to the processor share of its memory',
  isTimed: true,
  async run({ open, say }) {
    const { figures, busyMarkMs } = await measureAll(open, say);
    const post = figures.find(({ name }) => name === 'Push');
    const postMs = (post?.usual.processorMs ?? Number.NaN) / connectionsOfJob;
    return {
      tables: [
        {
          title: 'Each function at the processor share of its memory',
          head: [
            ...['', 'MB', 'cold start: import', 'its first event', 'a usual event'],
            ...['of that, processor', 'its GB-seconds', 'as dollars are computed'],
          ],
          rows: figures.map(({ name, memoryMb, importMs, first, usual, gbSeconds }) => [
            ...[name, `${memoryMb}`, ms(importMs), ms(first.ms), ms(usual.ms)],
            ...[ms(usual.processorMs), gbSeconds.toFixed(4), computed[name]?.toFixed(4) ?? '–'],
          ]),
        },
      ],
      notes: [
        `Where ${busy.atOnce} marks come at a time to a process that has made thousands, a \`mark_read\` with its pushes ` +
          `takes ${busyMarkMs.toFixed(1)} ms of processor. A frame that \`push\` posts takes ${postMs.toFixed(2)} ms.`,
      ],
      figures: { functions: figures, busyMarkMs, postMs },
    };
  },
};
