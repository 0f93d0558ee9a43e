import type { APIGatewayProxyEventV2, DynamoDBRecord } from 'aws-lambda';
import { maintenanceHandler } from '../../../functions/handlers/maintenance-handler.ts';
import { type AnswerPorts, storeParts } from '../../../functions/handlers/parts.ts';
import { Table } from '../../../functions/store/dynamodb/table.ts';
import { httpEvent } from '../../support/in-process/lambda-events.ts';
import { lambdas, usualSettings } from '../../support/in-process/lambdas.ts';
import type { TableDefinition } from '../../support/in-process/table-definition.ts';
import type { TableStream } from '../../support/in-process/table-stream.ts';
import { Faults } from '../faults/faults.ts';
import { Gateway } from './gateway.ts';
import { Lambda } from './lambda.ts';
import { PushJobs } from './push-jobs.ts';
import type { Sandbox } from './sandbox.ts';
import { SimulatedTable } from './simulated-table.ts';
import type { SimulatedTime } from './simulated-time.ts';
import { StreamMapping } from './stream.ts';

export interface WorldSettings {
  /** How far clocks of sandboxes may be from the true time. */
  maxSkewMs: number;
  retentionDays: number;
  /** Whether events and the archive are on. */
  hasExtras: boolean;
}

const day = 86_400_000;
const maintenanceMs = 900_000;

/** The whole service: its seven Lambdas' handlers, and around them all that AWS does, in simulated time. */
export class SimulatedService {
  readonly time: SimulatedTime;
  readonly faults = new Faults();
  readonly table: SimulatedTable;
  readonly gateway: Gateway;
  readonly jobs: PushJobs;
  readonly recorder: StreamMapping;
  readonly fanOut: StreamMapping;
  /** Told of every write, at once. */
  onRecord: (record: DynamoDBRecord) => void = () => {};
  readonly #settings: WorldSettings;
  readonly #http;
  readonly #maintenance;
  readonly #all: readonly { replace(): void }[];
  #stream: TableStream;
  #ids = 0;

  constructor(time: SimulatedTime, definition: TableDefinition, settings: WorldSettings) {
    this.time = time;
    this.#settings = settings;
    const { faults } = this;
    this.table = new SimulatedTable(definition, time, faults);
    this.#stream = this.table.openStream();
    this.table.onWrite = () => this.#readStream();
    const around = { time, faults, maxSkewMs: settings.maxSkewMs };
    const make = <E, A>(
      name: string,
      timeoutMs: number,
      handler: (ports: AnswerPorts) => (event: E) => Promise<A>,
    ) =>
      new Lambda<E, A>(
        { name, timeoutMs, start: (sandbox) => handler(this.#portsOf(sandbox)) },
        around,
      );
    const socket = make('socket', 20_000, lambdas.socket);
    const push = make('push', 30_000, lambdas.push);
    const recorder = make('recorder', 60_000, (ports) =>
      lambdas.recorder(ports, settings.hasExtras ? this.#bus : undefined),
    );
    const fanOut = make('fan-out', 60_000, lambdas.fanOut);
    this.#http = make('http', 29_000, (ports) => lambdas.http(ports, authenticate));
    this.#maintenance = make(
      'maintenance',
      maintenanceMs,
      (ports) =>
        maintenanceHandler({
          ...storeParts(ports),
          objects: settings.hasExtras ? this.#archive : undefined,
        }).bind(undefined, undefined) as (context: object) => Promise<object>,
    );
    this.#all = [socket, push, recorder, fanOut, this.#http, this.#maintenance];
    this.gateway = new Gateway({ time, faults, socket: socket as never, table: this.table });
    this.jobs = new PushJobs(time, faults, push);
    this.recorder = new StreamMapping({
      ...{ time, faults, lambda: recorder },
      wants: settings.hasExtras ? isForEvents : isMemberChange,
      settings: {
        ...{ batchSize: 1000, batchingWindowMs: settings.hasExtras ? 1000 : 120_000 },
        ...{ maxRetries: 100, maxRecordAgeMs: day },
      },
    });
    this.fanOut = new StreamMapping({
      ...{ time, faults, lambda: fanOut, wants: isMemberChange },
      settings: { batchSize: 1000, batchingWindowMs: 0, maxRetries: 3, maxRecordAgeMs: 60_000 },
    });
  }

  /** A request by HTTP. Undefined when no answer came: nobody knows what became of it. */
  async http(userId: string, method: string, path: string, body?: object) {
    const url = new URL(path, 'https://seenby.example');
    const event = httpEvent(userId, { method, url, body: body && JSON.stringify(body) });
    const answered = await this.#http.invoke(event as APIGatewayProxyEventV2);
    // API Gateway answers 500 by itself where the function ends without an answer.
    if (answered.outcome !== 'answered') return undefined;
    const { statusCode = 500, body: text = '' } = answered.value;
    return { status: statusCode, body: JSON.parse(text) as Record<string, unknown> };
  }

  /** The hourly run. */
  async maintain(): Promise<void> {
    const endsAt = this.time.clock() + maintenanceMs;
    const context = { getRemainingTimeInMillis: () => endsAt - this.time.clock() };
    await this.#maintenance.invoke(context);
  }

  /** Hands on what was written. */
  #readStream(): void {
    const records = this.#stream.take();
    if (records.length === 0) return;
    for (const record of records) this.onRecord(record);
    this.recorder.take(records);
    this.fanOut.take(records);
  }

  /** All sandboxes end, and new ones begin. */
  deploy(): void {
    for (const each of this.#all) each.replace();
  }

  /** Another table with what this one had then, and new sandboxes that use it. */
  restore(items: Parameters<SimulatedTable['restore']>[0]): void {
    this.deploy();
    this.table.restore(items);
    this.#stream = this.table.openStream();
    this.#stream.take();
    this.recorder.restart();
    this.fanOut.restart();
  }

  /** Deletes what has expired, as DynamoDB does some time later. */
  expire(): void {
    this.table.database.expireItems();
    this.#readStream();
  }

  /** Nothing more is handed on. A signal that somebody listens to would be kept, and the whole service with it. */
  close(): void {
    this.recorder.restart();
    this.fanOut.restart();
  }

  get isIdle(): boolean {
    return this.jobs.isIdle && this.fanOut.isIdle && this.recorder.isIdle;
  }

  #portsOf(sandbox: Sandbox): AnswerPorts {
    const { clock, wait } = sandbox;
    const { random } = this.time;
    const client = this.table.clientFor(sandbox);
    return {
      ...usualSettings,
      epoch: this.table.epoch,
      ...{ clock, random, wait, retentionDays: this.#settings.retentionDays },
      table: new Table(client, this.table.definition.tableName, {
        random,
        wait,
      }),
      newId: () => `id-${++this.#ids}`,
      newSecret: () => new Uint8Array(32).fill(7),
      poster: this.gateway.posterFor(sandbox),
      queue: this.jobs.queueFor(sandbox),
    };
  }

  readonly #archive = {
    put: async () => {
      if (this.faults.strike('archive')) throw new Error('S3 is away');
    },
  };

  readonly #bus = {
    publish: async () => {
      if (this.faults.strike('bus')) throw new Error('EventBridge is away');
    },
  };
}

/** The id of a user is a token. */
const authenticate = async (token = '') =>
  ({
    outcome: 'authenticated',
    identity: { userId: token, expiresAt: Number.MAX_SAFE_INTEGER },
  }) as const;

/** As the filters of the stack have it. */
const isMemberChange = ({ eventName, dynamodb }: DynamoDBRecord): boolean =>
  eventName !== 'REMOVE' &&
  dynamodb?.Keys?.pk?.S?.startsWith('G#') === true &&
  dynamodb.Keys.sk?.S?.startsWith('U#') === true;

const isForEvents = (record: DynamoDBRecord): boolean => {
  const { eventName, dynamodb } = record;
  if (isMemberChange(record)) return true;
  if (!dynamodb?.Keys?.pk?.S?.startsWith('G#') || eventName === 'REMOVE') return false;
  const isMessage = eventName === 'INSERT' && dynamodb.NewImage?.messageType?.S !== undefined;
  return isMessage || dynamodb.Keys.sk?.S === 'REMINDERS';
};
