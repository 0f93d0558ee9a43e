import type { AwsLimits } from '../aws-limits.ts';
import type { Clock } from '../clock.ts';
import type { ConsumedUnits } from '../dynamodb/consumed-units.ts';
import type { CreatedTable } from '../dynamodb/tables.ts';
import type { Faults } from '../faults.ts';
import type { LocalRoutes } from '../gateway/listeners.ts';
import type { FrameCounts } from '../gateway/sockets/frame-counts.ts';
import type { Functions, InvocationLog } from '../lambda/functions.ts';
import type { AlarmState } from '../monitoring/alarms/alarm-settings.ts';
import type { Graph } from '../monitoring/dashboards.ts';
import type { Mail } from '../monitoring/topics.ts';
import type { OperatorAccess } from '../operator.ts';
import type { GrantUse } from '../permissions/permissions.ts';
import type { PublishedEvent } from '../services/event-buses.ts';
import type { Secrets } from '../services/secrets.ts';
import type { EventSourceOptions } from '../streams/event-sources.ts';

export interface CloudOptions {
  /** The output of `cdk synth`. */
  assemblyDir: string;
  /** 0, the default, takes any free port. */
  httpPort?: number;
  wsPort?: number;
  /** A DynamoDB that already runs; without it one is started. */
  dynamoDbEndpoint?: string;
  /** Keeps tables, objects, events, secrets, queues and dead letters; without it all is in memory. */
  dataDir?: string;
  /** Origins that the HTTP port stands for where the template names their documents. */
  localHosts?: readonly string[];
  /** Where servers are on this machine that the template names by their origin. */
  localServers?: Readonly<Record<string, string>>;
  /** Servers of the caller's own on the HTTP port, made once its address is known. */
  localRoutes?: (addresses: { httpUrl: string; wsUrl: string }) => readonly LocalRoutes[];
  /** Names for tables by logical id, so that several clouds can share a database. */
  tableNames?: Record<string, string>;
  /** The maximum of sandboxes per function; default 10. */
  concurrency?: number;
  /** The quotas of an AWS account, enforced; without them only pushes have the default one. */
  awsLimits?: AwsLimits;
  /** Counts the capacity units that functions take; each call then also asks what it took. */
  countsUnits?: boolean;
  /** Pace of the stream consumers. */
  streams?: Pick<EventSourceOptions, 'pollIntervalMs' | 'virtualShards'>;
  /** How long the queues hide what failed; default what the template says. */
  hiddenMs?: number;
  faults?: Faults;
  clock?: Clock;
  logInvocation?: InvocationLog;
  /** Is told what is wrong. */
  logLine?: (line: string) => void;
  /** Is told what is good to know and no fault; default `logLine`. */
  noteLine?: (line: string) => void;
}

export interface LocalCloud {
  /** Where the template's HTTP API is. */
  httpUrl: string;
  /** Where its WebSocket API is. */
  wsUrl: string;
  /** Where the stack's page is served, if it has one. */
  pageUrl: string | undefined;
  dynamoDbEndpoint: string;
  /** By logical id. */
  tables: Record<string, CreatedTable>;
  functions: Functions;
  /** Resolves once the stream consumers have handled everything written before the call. */
  drained(): Promise<void>;
  /** What Lambda gave up on, by the logical id of the queue. */
  deadLetters(): Record<string, readonly unknown[]>;
  /** What a script of an operator needs to find the services, and the queues by logical id. */
  operator: Pick<OperatorAccess, 'environment' | 'queueUrls'>;
  /** Runs every scheduled function now, beside running it at its times. Throws naming what failed. */
  runSchedules(): Promise<void>;
  /** What was published on the template's event buses. */
  publishedEvents(): readonly PublishedEvent[];
  /** The values of the template's secrets, by logical id. */
  secrets: Pick<Secrets, 'valueOf' | 'put'>;
  /** A folder for each of the template's buckets. */
  objectsDir: string;
  frames: FrameCounts;
  /** Capacity units that functions have taken since the start, if they are counted. */
  consumedUnits(): Promise<ConsumedUnits>;
  /** What the functions' roles allow, and whether anything has asked for it since the start. */
  grantUse(): Promise<GrantUse[]>;
  /** What the template's alarms have mailed. */
  mails(): readonly Mail[];
  /** By the alarm's name. */
  alarmStates(): Record<string, AlarmState>;
  /** What the template's dashboards show, the minute of that time included. */
  graphs(atMs: number): Graph[];
  /** Evaluates the alarms, beside doing so every minute. Only whole minutes before the time count. */
  evaluateAlarms(atMs: number): void;
  stop(): Promise<void>;
}
