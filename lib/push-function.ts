import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { environmentNames } from '../functions/environment.ts';
import { SeenbyFunction } from './seenby-function.ts';
import type { Settings } from './settings.ts';
import type { Table } from './table.ts';
import { pushActions } from './table-actions.ts';
import type { WebSocketApi } from './web-socket-api.ts';

export interface PushFunctionProps {
  readonly settings: Settings;
  readonly table: Table;
  readonly sockets: WebSocketApi;
}

/** Posts slices of big fan-outs, and again to clients that were not reached at once. */
export class PushFunction extends SeenbyFunction {
  readonly #sockets: WebSocketApi;
  readonly #postsPerSecond: number;

  constructor(scope: Construct, id: string, { settings, table, sockets }: PushFunctionProps) {
    super(scope, id, { entry: 'push', memoryMb: 1024, timeoutSeconds: 60, settings });
    this.#sockets = sockets;
    this.#postsPerSecond = settings.postsPerSecond;
    this.setEnvironment(environmentNames.retentionDays, `${settings.retentionDays}`);
    table.allow(this, pushActions);
    sockets.allowPush(this);
    // Called again minutes after a crash, it ends the connections: their clients then catch up.
    this.configureAsyncInvoke({ retryAttempts: 2, maxEventAge: Duration.minutes(10) });
  }

  /** Lets a function push: by itself to a few connections, by this one to many. */
  serve(handler: SeenbyFunction): void {
    this.#sockets.allowPush(handler);
    handler.setEnvironment(environmentNames.pushFunction, this.functionName);
    handler.setEnvironment(environmentNames.postsPerSecond, `${this.#postsPerSecond}`);
    handler.allow(['lambda:InvokeFunction'], [this.functionArn]);
  }
}
