import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { environmentNames } from '../functions/environment.ts';
import { Alarms } from './alarms.ts';
import { Archive } from './archive.ts';
import { DailyFunction } from './daily-function.ts';
import { DemoPage } from './demo-page.ts';
import { Events } from './events.ts';
import { HttpApi } from './http-api.ts';
import { Identity } from './identity.ts';
import { PushFunction } from './push-function.ts';
import { SeenbyFunction } from './seenby-function.ts';
import type { Settings } from './settings.ts';
import { StreamConsumer } from './stream-consumer.ts';
import { memberChanged, messageStored } from './stream-filters.ts';
import { Table } from './table.ts';
import { fanOutActions, recorderActions, requestActions } from './table-actions.ts';
import { WebSocketApi } from './web-socket-api.ts';

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

  constructor(scope: Construct, id: string, { settings }: SeenbyStackProps) {
    super(scope, id, { description: 'Seenby: read receipts for group chat' });
    this.#settings = settings;
    this.#table = new Table(this, 'Table', { settings });
    this.#identity = new Identity(this, 'Identity', { settings });
    this.#page = settings.demoPage ? new DemoPage(this, 'DemoPage', { settings }) : undefined;
    const socket = this.#addRequestHandler('Socket', 'socket', { timeoutSeconds: 10 });
    socket.setEnvironment(environmentNames.presence, settings.presence ? 'on' : 'off');
    this.#sockets = this.#addSockets(socket);
    this.#push = this.#addPush();
    this.#push.serve(socket);
    this.#http = this.#addHttp();
    this.#page?.connect({
      ...{ httpUrl: this.#http.url, wsUrl: this.#sockets.url },
      ...this.#identity.signIn,
    });
    this.#archive = settings.archive ? new Archive(this, 'Archive') : undefined;
    this.#events = settings.events ? new Events(this, 'Events') : undefined;
    const recorder = this.#addRecorder();
    const fanOut = this.#addFanOut();
    this.#addAlarms(recorder, fanOut, this.#addDaily());
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
    const handler = this.#addRequestHandler('Http', 'http', { timeoutSeconds: 29 });
    this.#identity.configure(handler);
    this.#push.serve(handler);
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
    entry: string,
    { timeoutSeconds }: { timeoutSeconds: number },
  ): SeenbyFunction {
    const handler = new SeenbyFunction(this, id, {
      entry,
      ...{ memoryMb: 512, timeoutSeconds },
      settings: this.#settings,
    });
    this.#table.allow(handler, requestActions);
    this.#table.allowUserIndex(handler);
    this.#setRetention(handler);
    return handler;
  }

  #addRecorder(): StreamConsumer {
    const handler = new SeenbyFunction(this, 'Recorder', {
      entry: 'recorder',
      memoryMb: 512,
      timeoutSeconds: 60,
      settings: this.#settings,
    });
    this.#table.allow(handler, recorderActions);
    this.#events?.allowPublishing(handler, this.#table);
    this.#setRetention(handler);
    return new StreamConsumer(this, 'RecorderStream', {
      table: this.#table,
      handler,
      filters: this.#events ? [memberChanged, messageStored] : [memberChanged],
      startingPosition: StartingPosition.TRIM_HORIZON,
      windowSeconds: 1,
      // Long enough for a fault to be mended, and not so long that one record that can never be
      // read holds up its shard for the day that the stream keeps it.
      maxRecordAge: Duration.hours(24),
      retryAttempts: 100,
    });
  }

  #addFanOut(): StreamConsumer {
    const handler = new SeenbyFunction(this, 'FanOut', {
      entry: 'fan-out',
      memoryMb: 1024,
      timeoutSeconds: 60,
      settings: this.#settings,
    });
    this.#table.allow(handler, fanOutActions);
    this.#setRetention(handler);
    this.#push.serve(handler);
    const { pushWindowSeconds: window, bigGroupPushWindowSeconds } = this.#settings;
    handler.setEnvironment(environmentNames.pushWindowSeconds, `${window}`);
    handler.setEnvironment(
      environmentNames.bigGroupPushWindowSeconds,
      `${bigGroupPushWindowSeconds}`,
    );
    return new StreamConsumer(this, 'FanOutStream', {
      table: this.#table,
      handler,
      filters: [memberChanged],
      // Counts are pushed to who looks now: what happened before is on no screen.
      startingPosition: StartingPosition.LATEST,
      windowSeconds: window,
      maxRecordAge: Duration.minutes(1),
      retryAttempts: 3,
    });
  }

  #addDaily(): DailyFunction {
    const daily = new DailyFunction(this, 'Daily', {
      settings: this.#settings,
      table: this.#table,
    });
    this.#archive?.allowKeeping(daily);
    return daily;
  }

  #setRetention(handler: SeenbyFunction): void {
    handler.setEnvironment(environmentNames.retentionDays, `${this.#settings.retentionDays}`);
  }

  #addAlarms(recorder: StreamConsumer, fanOut: StreamConsumer, daily: DailyFunction): void {
    const alarms = new Alarms(this, 'Alarms', { settings: this.#settings });
    alarms.watchDeadLetters('RecorderDeadLetters', recorder);
    alarms.watchDeadLetters('FanOutDeadLetters', fanOut);
    alarms.watchAge('RecorderAge', recorder);
    alarms.watchFailures('DailyFailures', daily);
    alarms.watchSocket('SocketFaults', this.#sockets);
    alarms.watchHttp('HttpFaults', this.#http);
  }

  #addOutputs(recorder: StreamConsumer, fanOut: StreamConsumer): void {
    const outputs = {
      HttpUrl: this.#http.url,
      WebSocketUrl: this.#sockets.url,
      TableName: this.#table.name,
      RecorderDeadLettersUrl: recorder.deadLetters.queueUrl,
      FanOutDeadLettersUrl: fanOut.deadLetters.queueUrl,
      ...this.#page?.outputs,
      ...this.#identity.outputs,
      ...this.#archive?.outputs,
      ...this.#events?.outputs,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
