import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startDynamoDbLocal } from './dynamodb/dynamodb-local.ts';
import { type CreatedTable, createTables } from './dynamodb/tables.ts';
import { crashAfterMs, disturbPost, type Faults, losesDisconnect } from './faults.ts';
import { type Apis, readApis } from './gateway/api-definition.ts';
import { type Clock, systemClock } from './gateway/clock.ts';
import type { FrameCounts } from './gateway/frame-counts.ts';
import { openFrontDoor, type Services } from './gateway/front-door.ts';
import { createRewrite, functionEnvironment } from './gateway/function-environment.ts';
import { HttpApi } from './gateway/http-api.ts';
import { awsAccountRate, createRequestBucket, type RequestRate } from './gateway/request-bucket.ts';
import { WebSocketApi } from './gateway/web-socket-api.ts';
import { IdentityProvider } from './identity/identity-provider.ts';
import type { TokenRequest } from './identity/token-request.ts';
import { createFunctions, type Functions, type InvocationLog } from './lambda/functions.ts';
import { InvokeEndpoint } from './lambda/invoke-endpoint.ts';
import { readDistribution } from './page/distribution.ts';
import { PageServer } from './page/page-server.ts';
import { openAwsServices } from './services/aws-services.ts';
import type { PublishedEvent } from './services/event-buses.ts';
import { startSchedules } from './services/schedules.ts';
import { Simulator } from './simulator/simulator.ts';
import { DeadLetterQueues } from './streams/dead-letter-queues.ts';
import { type EventSourceOptions, startEventSources } from './streams/event-sources.ts';
import { Template, TemplateError } from './template/template.ts';

type Tables = Record<string, CreatedTable>;

export interface CloudOptions {
  /** The output of `cdk synth`. */
  assemblyDir: string;
  /** 0, the default, takes any free port. */
  httpPort?: number;
  wsPort?: number;
  /** A DynamoDB that already runs; without it one is started. */
  dynamoDbEndpoint?: string;
  /** Keeps tables, signing key and dead letters; without it all is in memory. */
  dataDir?: string;
  /** A script that plays members for the page, started when the page first asks for it. */
  simulatorEntry?: string;
  /** Names for tables by logical id, so that several clouds can share a database. */
  tableNames?: Record<string, string>;
  /** Sandboxes per function at most. */
  concurrency?: number;
  /** What all pushes may do together before they get 429; default AWS's quota for an account. */
  postRate?: RequestRate;
  /** Pace of the stream consumers. */
  streams?: Pick<EventSourceOptions, 'pollIntervalMs' | 'virtualShards'>;
  faults?: Faults;
  clock?: Clock;
  logInvocation?: InvocationLog;
  logLine?: (line: string) => void;
}

export interface LocalCloud {
  httpUrl: string;
  wsUrl: string;
  /** Where the stack's page is served, if it has one. */
  pageUrl: string | undefined;
  dynamoDbEndpoint: string;
  /** By logical id. */
  tables: Tables;
  issueToken(request: TokenRequest): Promise<string>;
  functions: Functions;
  /** Resolves once the stream consumers have handled everything written before the call. */
  drained(): Promise<void>;
  /** What Lambda gave up on, by the logical id of the queue. */
  deadLetters(): Record<string, readonly unknown[]>;
  /** Runs every scheduled function now, beside running it at its times. Throws naming what failed. */
  runSchedules(): Promise<void>;
  /** What was published on the template's event buses. */
  publishedEvents(): readonly PublishedEvent[];
  /** A folder for each of the template's buckets. */
  objectsDir: string;
  frames: FrameCounts;
  stop(): Promise<void>;
}

type Close = () => unknown;

/**
 * Runs the stack of a cloud assembly on this machine. Rejects with one clear sentence when the
 * template is broken, a port is taken or DynamoDB cannot start; nothing is left running then.
 */
export async function startCloud(options: CloudOptions): Promise<LocalCloud> {
  const running: Close[] = [];
  try {
    return await assemble(options, running);
  } catch (cause) {
    await stopAll(running);
    throw cause;
  }
}

/** Last started, first stopped: nobody loses what they still use. */
async function stopAll(running: Close[]): Promise<void> {
  for (let close = running.pop(); close; close = running.pop()) await close();
}

async function assemble(options: CloudOptions, running: Close[]): Promise<LocalCloud> {
  const { dataDir, logLine = () => {} } = options;
  const template = Template.read(options.assemblyDir);
  const apis = readApis(template);
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true });

  const door = await openFrontDoor({ ...options, reportFault: (cause) => logLine(String(cause)) });
  running.push(() => door.close());
  const { dynamoDbEndpoint, tables } = await openDatabase(options, template, running);
  const distribution = readDistribution(template);
  const rewrite = createRewrite(template, { apis, tables, door, page: distribution });
  const page = distribution && new PageServer(template, distribution, rewrite);
  const aws = await openAwsServices({
    ...{ template, dataDir, nowMs: () => (options.clock ?? systemClock).nowMs() },
    reportFault: (cause) => logLine(String(cause)),
  });
  running.push(() => aws.close());
  const invocations = new InvokeEndpoint(template, (cause) => logLine(String(cause)));
  const lambdaEndpoint = await invocations.open();
  running.push(() => invocations.close());
  const functions = createFunctions({
    template,
    rewrite,
    environment: {
      ...functionEnvironment({ dynamoDb: dynamoDbEndpoint, lambda: lambdaEndpoint }),
      ...aws.environment,
    },
    ...(options.concurrency !== undefined && { concurrency: options.concurrency }),
    ...(options.faults && { crashAfterMs: crashAfterMs(options.faults) }),
    log: options.logInvocation ?? (() => {}),
  });
  invocations.serve(functions);
  running.push(() => functions.stop());
  const services = await createServices(options, { apis, functions, rewrite });
  running.push(() => services.socketApi.stop());
  const queues = new DeadLetterQueues(dataDir ? { dir: join(dataDir, 'dead-letters') } : {});
  const { streams, random } = options.faults ?? {};
  const eventSources = startEventSources({
    ...{ template, functions, dynamoDbEndpoint, tables, log: logLine, deadLetters: queues.add },
    ...options.streams,
    ...(streams && random && { faults: { rates: streams, random } }),
  });
  running.push(() => eventSources.stop());
  await eventSources.ready();
  const schedules = startSchedules({ template, functions, clock: options.clock });
  running.push(() => schedules.stop());
  const simulator = createSimulator(options, door, logLine);
  running.push(() => simulator?.stop());
  door.open({ ...services, page, simulator });

  return {
    ...{ httpUrl: door.httpUrl, wsUrl: door.wsUrl, dynamoDbEndpoint, tables, functions },
    pageUrl: page && door.httpUrl,
    issueToken: (request) => services.identity.issueToken(request),
    drained: async () => {
      await eventSources.drained();
      await invocations.drained();
    },
    deadLetters: () => readDeadLetters(template, queues),
    runSchedules: () => schedules.runNow(),
    publishedEvents: () => aws.published(),
    objectsDir: aws.objectsDir,
    frames: services.socketApi.frames,
    stop: () => stopAll(running),
  };
}

async function openDatabase(
  { dynamoDbEndpoint: given, dataDir, tableNames }: CloudOptions,
  template: Template,
  running: Close[],
): Promise<{ dynamoDbEndpoint: string; tables: Tables }> {
  const dynamoDbEndpoint = given ?? (await startDatabase(dataDir, running));
  try {
    const names = tableNames && { tableNames };
    return { dynamoDbEndpoint, tables: await createTables(template, dynamoDbEndpoint, names) };
  } catch (cause) {
    if (cause instanceof TemplateError) throw cause;
    const { code, name } = cause as { code?: string; name: string };
    const reason = code ?? name;
    throw new Error(`The DynamoDB at ${dynamoDbEndpoint} gives no tables (${reason}).`, { cause });
  }
}

async function startDatabase(dataDir: string | undefined, running: Close[]): Promise<string> {
  const database = await startDynamoDbLocal(dataDir ? { dataDir: join(dataDir, 'dynamodb') } : {});
  running.push(() => database.stop());
  return database.endpoint;
}

async function createServices(
  options: CloudOptions,
  parts: { apis: Apis; functions: Functions; rewrite: (value: string) => string },
): Promise<Services> {
  const { apis, functions, rewrite } = parts;
  const { dataDir, faults, postRate = awsAccountRate } = options;
  const clock = options.clock && { clock: options.clock };
  return {
    identity: await IdentityProvider.create({ ...(dataDir && { dataDir }), ...clock }),
    httpApi: new HttpApi({ api: apis.http, functions, rewrite, ...clock }),
    socketApi: new WebSocketApi({
      ...{ api: apis.sockets, functions },
      ...clock,
      limitPost: createRequestBucket(postRate, options.clock ?? systemClock),
      ...(faults && { disturbPost: disturbPost(faults), losesDisconnect: losesDisconnect(faults) }),
    }),
  };
}

function createSimulator(
  { simulatorEntry: entry }: CloudOptions,
  { httpUrl, wsUrl }: { httpUrl: string; wsUrl: string },
  logLine: (line: string) => void,
): Simulator | undefined {
  return entry === undefined ? undefined : new Simulator({ entry, httpUrl, wsUrl, logLine });
}

function readDeadLetters(
  template: Template,
  queues: DeadLetterQueues,
): Record<string, readonly unknown[]> {
  return Object.fromEntries(
    template.resources('AWS::SQS::Queue').map(({ logicalId }) => {
      const arn = String(template.resolve({ 'Fn::GetAtt': [logicalId, 'Arn'] }));
      return [logicalId, [...queues.messagesOf(arn)]];
    }),
  );
}
