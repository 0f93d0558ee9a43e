import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { type Clock, systemClock } from '../clock.ts';
import { localAccess } from '../dynamodb/local-access.ts';
import type { Functions } from '../lambda/functions.ts';
import { type Template, TemplateError } from '../template/template.ts';
import { createDisturber, type Disturb, deliverFaithfully, type FaultRates } from './faults.ts';
import { readMappings } from './mapping-settings.ts';
import { MappingSwitches } from './mapping-switches.ts';
import { startStream } from './running-stream.ts';

export interface EventSourceOptions {
  template: Template;
  functions: Functions;
  dynamoDbEndpoint: string;
  /** By the table's logical id. */
  tables: Record<string, { tableName: string; streamArn: string }>;
  /** Gets what Lambda would send to the OnFailure destination. */
  deadLetters: (queueArn: string, message: unknown) => void;
  /** Told of every invocation, and when the last of its records was written. */
  noteBatch?: (functionId: string, lastWrittenAtMs: number) => void;
  /** Which mappings are on; all of them unless given. */
  switches?: MappingSwitches;
  /** Default 250: Lambda polls a shard four times a second. */
  pollIntervalMs?: number;
  /** How long DynamoDB may take for an answer before it is asked again; default 10 seconds. */
  requestTimeoutMs?: number;
  /** How many shards to take each stream for, default 1: DynamoDB Local has a single one. */
  virtualShards?: number;
  log?: (line: string) => void;
  clock?: Clock;
  /** Off unless given. */
  faults?: { rates: FaultRates; random: () => number };
}

export interface EventSources {
  /** Invocations under way are not waited for: their records come again at the next start. */
  stop(): Promise<void>;
  /** Resolves once everything written before the call has been handled or given up, by the mappings that are on. */
  drained(): Promise<void>;
  /** Resolves once every mapping has its starting position: LATEST sees all writes from then on. */
  ready(): Promise<void>;
}

/** Runs the template's event source mappings. Throws TemplateError for one it cannot run. */
export function startEventSources(options: EventSourceOptions): EventSources {
  const stopping = new AbortController();
  const config = {
    ...{ endpoint: options.dynamoDbEndpoint, ...localAccess },
    // A connection may have gone silent: without a limit the stream would be read no more, for ever.
    requestHandler: {
      requestTimeout: options.requestTimeoutMs ?? 10_000,
      throwOnRequestTimeout: true,
    },
  };
  const clients = { table: new DynamoDBClient(config), stream: new DynamoDBStreamsClient(config) };
  const log = options.log ?? (() => {});
  const around = {
    clients,
    log,
    clock: options.clock ?? systemClock,
    signal: stopping.signal,
    pollIntervalMs: options.pollIntervalMs ?? 250,
    functions: options.functions,
    deadLetters: options.deadLetters,
    noteBatch: options.noteBatch ?? (() => {}),
    virtualShards: options.virtualShards ?? 1,
    switches: options.switches ?? new MappingSwitches(),
    createDisturb: disturbFactory(options.faults),
  };
  const mappingsByTable = Map.groupBy(readMappings(options.template), ({ tableId }) => tableId);
  const sources = [...mappingsByTable].map(([tableId, mappings]) => {
    const streamArn = options.tables[tableId]?.streamArn;
    if (!streamArn) throw new TemplateError(`The table ${tableId} has mappings but no stream.`);
    return { streamArn, mappings };
  });
  const streams = sources.map(({ streamArn, mappings }) => {
    const started = startStream(streamArn, mappings, around);
    started.catch((error: unknown) => log(`The stream ${streamArn} cannot be read: ${error}`));
    return started;
  });
  return {
    async stop() {
      stopping.abort();
      await Promise.allSettled(streams.map(async (started) => (await started).ended));
      clients.table.destroy();
      clients.stream.destroy();
    },
    async drained() {
      await Promise.all(streams.map(async (started) => (await started).drained()));
    },
    async ready() {
      await Promise.all(streams.map(async (started) => (await started).caughtUp()));
    },
  };
}

function disturbFactory(faults: EventSourceOptions['faults']): () => Disturb {
  return () =>
    faults === undefined ? deliverFaithfully : createDisturber(faults.rates, faults.random);
}
