import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct, IConstruct } from 'constructs';
import { environmentNames } from '../functions/runtime/environment.ts';
import { HttpApi } from './apis/http-api.ts';
import { WebSocketApi } from './apis/web-socket-api.ts';
import { Archive } from './data/archive.ts';
import { Table } from './data/table.ts';
import {
  fanOutGrants,
  httpGrants,
  recorderGrants,
  socketGrants,
  type TableGrant,
} from './data/table-grants.ts';
import { Events } from './functions/events.ts';
import type { HandlerFile } from './functions/handler-file.ts';
import { MaintenanceFunction } from './functions/maintenance-function.ts';
import { PushFunction } from './functions/push-function.ts';
import { Rollout } from './functions/rollout.ts';
import { SeenbyFunction } from './functions/seenby-function.ts';
import { StreamConsumer } from './functions/stream-consumer.ts';
import { memberChanged, messageStored, remindersNoted } from './functions/stream-filters.ts';
import { WebhookFunction } from './functions/webhook-function.ts';
import { Identity } from './identity/identity.ts';
import { Alarms } from './monitoring/alarms.ts';
import { BurnAlarms } from './monitoring/burn-alarms.ts';
import { Dashboard } from './monitoring/dashboard.ts';
import { LogMetrics } from './monitoring/log-metrics.ts';
import { objectivesOf } from './monitoring/objectives.ts';
import { watchAll } from './monitoring/watches.ts';
import { DemoPage } from './page/demo-page.ts';
import type { Settings } from './settings/settings.ts';

const isSeenbyFunction = (each: IConstruct): each is SeenbyFunction =>
  each instanceof SeenbyFunction;

/** At a receipt every seven seconds, some seventeen are written as one item. */
const recorderWindowSeconds = 120;

/** A webhook brings what the bus has. */
const publishesEvents = ({ events, webhookUrl }: Settings): boolean =>
  events || webhookUrl !== undefined;

export interface SeenbyStackProps {
  readonly settings: Settings;
}

/** The whole service. It deploys to any account and region. */
export class SeenbyStack extends Stack {
  readonly #settings: Settings;
  readonly #table: Table;
  readonly #identity: Identity;
  readonly #page: DemoPage | undefined;
  readonly #sockets: WebSocketApi;
  readonly #push: PushFunction;
  readonly #http: HttpApi;
  readonly #archive: Archive | undefined;
  readonly #events: Events | undefined;
  readonly #webhook: WebhookFunction | undefined;

  constructor(scope: Construct, id: string, { settings }: SeenbyStackProps) {
    super(scope, id, {
      description: 'Seenby: read receipts for group chat',
      terminationProtection: settings.terminationProtection,
      // CloudFormation puts them on every resource that takes tags.
      ...(settings.tags && { tags: settings.tags }),
    });
    this.#settings = settings;
    this.#table = new Table(this, 'Table', { settings });
    this.#identity = new Identity(this, 'Identity', { settings });
    this.#page = settings.demoPage ? new DemoPage(this, 'DemoPage', { settings }) : undefined;
    const socket = this.#addRequestHandler('Socket', 'socket', socketGrants, {
      timeoutSeconds: 20,
    });
    socket.setEnvironment(environmentNames.presence, settings.presence ? 'on' : 'off');
    this.#sockets = this.#addSockets(socket);
    this.#push = this.#addPush();
    this.#push.allowPushing(socket);
    this.#http = this.#addHttp();
    this.#page?.connect({
      ...{ httpUrl: this.#http.url, wsUrl: this.#sockets.url },
      ...this.#identity.signIn,
    });
    this.#archive = settings.archive ? new Archive(this, 'Archive') : undefined;
    this.#events = publishesEvents(settings) ? new Events(this, 'Events') : undefined;
    this.#webhook = this.#addWebhook();
    const recorder = this.#addRecorder();
    const fanOut = this.#addFanOut();
    this.#addAlarms(recorder, fanOut, this.#addMaintenance());
    this.#addOutputs(recorder, fanOut);
  }

  #addSockets(handler: SeenbyFunction): WebSocketApi {
    const settings = this.#settings;
    const authorizer = new SeenbyFunction(this, 'Authorizer', {
      entry: 'authorizer',
      memoryMb: 256,
      timeoutSeconds: 5,
      settings,
    });
    this.#identity.configure(authorizer);
    this.#table.identify(authorizer);
    authorizer.setEnvironment(environmentNames.allowedOrigins, this.#allowedOrigins().join(','));

    return new WebSocketApi(this, 'WebSocketApi', { settings, authorizer, handler });
  }

  #addPush(): PushFunction {
    return new PushFunction(this, 'Push', {
      settings: this.#settings,
      table: this.#table,
      sockets: this.#sockets,
    });
  }

  #addHttp(): HttpApi {
    // Making a group of 5,000 takes DynamoDB five seconds and more; API Gateway waits for thirty.
    const handler = this.#addRequestHandler('Http', 'http', httpGrants, { timeoutSeconds: 29 });
    this.#identity.configure(handler);
    this.#identity.acceptServices(handler);
    this.#push.allowPushing(handler);
    return new HttpApi(this, 'HttpApi', {
      settings: this.#settings,
      allowedOrigins: this.#allowedOrigins(),
      handler,
    });
  }

  /** The stack's own page may always call. */
  #allowedOrigins(): readonly string[] {
    const { allowedOrigins } = this.#settings;
    if (this.#page === undefined || allowedOrigins.includes('*')) return allowedOrigins;
    return [...allowedOrigins, this.#page.origin];
  }

  #addRequestHandler(
    id: string,
    entry: HandlerFile,
    grants: readonly TableGrant[],
    { timeoutSeconds }: { timeoutSeconds: number },
  ): SeenbyFunction {
    const handler = new SeenbyFunction(this, id, {
      entry,
      ...{ memoryMb: 1024, timeoutSeconds },
      settings: this.#settings,
    });
    this.#table.allow(handler, grants);
    this.#table.allowUserIndex(handler);
    this.#table.identify(handler);
    handler.setEnvironment(
      environmentNames.directPushMembers,
      `${this.#settings.directPushMembers}`,
    );
    return handler;
  }

  #addRecorder(): StreamConsumer {
    const handler = new SeenbyFunction(this, 'Recorder', {
      entry: 'recorder',
      memoryMb: 512,
      timeoutSeconds: 60,
      settings: this.#settings,
    });
    this.#table.allow(handler, recorderGrants);
    this.#events?.allowPublishing(handler, this.#table);
    return new StreamConsumer(this, 'RecorderStream', {
      table: this.#table,
      handler,
      filters: this.#events ? [memberChanged, messageStored, remindersNoted] : [memberChanged],
      startingPosition: StartingPosition.TRIM_HORIZON,
      // The member rows keep what is not in the receipt log yet; who waits for events waits for this.
      windowSeconds: this.#events ? 1 : recorderWindowSeconds,
      // Long enough for a fault to be mended, and not so long that one record that the function
      // always fails with holds up its shard for the day that the stream keeps it.
      maxRecordAge: Duration.hours(24),
      retryAttempts: 100,
    });
  }

  #addFanOut(): StreamConsumer {
    const handler = new SeenbyFunction(this, 'FanOut', {
      entry: 'fan-out',
      // A shard has one sandbox at a time, and what it does is processor: all that one thread uses.
      memoryMb: 1769,
      timeoutSeconds: 60,
      settings: this.#settings,
    });
    this.#table.allow(handler, fanOutGrants);
    this.#push.allowPushing(handler);
    this.#push.allowCounts(handler, this.#settings);
    return new StreamConsumer(this, 'FanOutStream', {
      table: this.#table,
      handler,
      filters: [memberChanged],
      // Counts are pushed to who looks now: what happened before is on no screen.
      startingPosition: StartingPosition.LATEST,
      // At once after a quiet time; what comes after that is due later, and waits in the queue.
      windowSeconds: 0,
      maxRecordAge: Duration.minutes(1),
      retryAttempts: 3,
    });
  }

  #addWebhook(): WebhookFunction | undefined {
    const { webhookUrl: url } = this.#settings;
    if (url === undefined || this.#events === undefined) return undefined;
    const { bus } = this.#events;
    return new WebhookFunction(this, 'Webhook', { settings: this.#settings, url, bus });
  }

  #addMaintenance(): MaintenanceFunction {
    const maintenance = new MaintenanceFunction(this, 'Maintenance', {
      settings: this.#settings,
      table: this.#table,
    });
    this.#archive?.allowArchiving(maintenance);
    return maintenance;
  }

  #addAlarms(
    recorder: StreamConsumer,
    fanOut: StreamConsumer,
    maintenance: MaintenanceFunction,
  ): void {
    const { authorizer, handler: socket } = this.#sockets;
    const { handler: http } = this.#http;
    const webhook = this.#webhook;
    const logged = { socket, http, fanOut: fanOut.handler, push: this.#push, maintenance, webhook };
    const alarms = new Alarms(this, 'Alarms', { settings: this.#settings });
    const watched = {
      logs: new LogMetrics(this, 'LogMetrics', logged),
      ...{ table: this.#table, sockets: this.#sockets, http: this.#http, push: this.#push },
      ...{ recorder, fanOut, maintenance, webhook, answering: [authorizer, socket, http] },
    };
    this.#addRollout(watchAll(alarms, watched));
    const objectives = objectivesOf(watched);
    new BurnAlarms(this, 'Objectives', alarms, objectives);
    if (this.#settings.dashboard) new Dashboard(this, 'Dashboard', watched, objectives);
  }

  #addRollout(alarms: readonly Alarm[]): void {
    const { rollout: pace } = this.#settings;
    if (pace === 'atOnce') return;
    const rollout = new Rollout(this, 'Rollout', { pace, alarms });
    for (const { alias, node } of this.node.findAll().filter(isSeenbyFunction)) {
      if (alias !== undefined) rollout.pace(node.id, alias);
    }
  }

  #addOutputs(recorder: StreamConsumer, fanOut: StreamConsumer): void {
    const outputs = {
      HttpUrl: this.#http.url,
      WebSocketUrl: this.#sockets.url,
      ...this.#http.outputs,
      ...this.#sockets.outputs,
      TableName: this.#table.name,
      RecorderDeadLettersUrl: recorder.deadLetters.queueUrl,
      FanOutDeadLettersUrl: fanOut.deadLetters.queueUrl,
      PushDeadLettersUrl: this.#push.deadLetters.queueUrl,
      ...this.#page?.outputs,
      ...this.#identity.outputs,
      ...this.#archive?.outputs,
      ...this.#events?.outputs,
      ...this.#webhook?.outputs,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
