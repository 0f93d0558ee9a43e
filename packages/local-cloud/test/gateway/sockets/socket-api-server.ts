import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import { readApis } from '../../../src/gateway/definition/api-definition.ts';
import { createHttpServer } from '../../../src/gateway/http/http-server.ts';
import { closeServer, listen } from '../../../src/gateway/listen.ts';
import {
  WebSocketApi,
  type WebSocketApiOptions,
} from '../../../src/gateway/sockets/web-socket-api.ts';
import { Template } from '../../../src/template/template.ts';
import { ManualClock } from '../../manual-clock.ts';
import { writeAssembly } from '../../template/write-assembly.ts';
import { fakeFunctions, type SeenEvent } from '../fake-functions.ts';
import { apiResources, httpApi, lambdaFunctions, socketApi } from '../fixture-template.ts';

export const allow = (more: object = {}) => ({
  principalId: 'alice',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' }],
  },
  ...more,
});

/** For what the other side of a socket does: no answer tells when. */
export const eventually = <T>(read: () => T) => expect.poll(read, { interval: 5, timeout: 10_000 });

interface ServerOptions
  extends Pick<
    WebSocketApiOptions,
    | 'limitPost'
    | 'disturbPost'
    | 'losesDisconnect'
    | 'takeRequest'
    | 'takeConnection'
    | 'changesAtOnce'
    | 'random'
  > {
  handlers?: Record<string, (event: SeenEvent) => unknown>;
  api?: Parameters<typeof apiResources>[0];
}

/** A WebSocket API on a free loopback port, with Lambdas of the test behind it. */
export async function startSocketApi({
  handlers = {},
  api = socketApi,
  ...options
}: ServerOptions) {
  const { functions, events, eventOf } = fakeFunctions({
    Guard: () => allow(),
    Connect: () => ({ statusCode: 200 }),
    ...handlers,
  });
  const clock = new ManualClock();
  const faults: unknown[] = [];
  const { sockets: declared } = readApis(template(api));
  if (!declared) throw new Error('The template has no WebSocket API.');
  const sockets = new WebSocketApi({
    api: declared,
    functions,
    clock,
    ...options,
  });
  const server = createHttpServer(
    (request, response) => sockets.handleRequest(request, response),
    (cause) => faults.push(cause),
  );
  /** The sockets of the upgrades asked for, in order. */
  const callers: Duplex[] = [];
  server.on('upgrade', (request, socket, head) => {
    callers.push(socket);
    sockets.handleUpgrade(request, socket, head).catch((cause) => faults.push(cause));
  });
  const port = await listen(server, 0, 'PORT');
  const url = `ws://127.0.0.1:${port}`;
  return { port, url, sockets, events, eventOf, callers, clock, faults, stop: stopBoth };

  async function stopBoth() {
    sockets.stop();
    await closeServer(server as Server);
  }
}

function template(api: Parameters<typeof apiResources>[0]) {
  const Resources = {
    ...lambdaFunctions('Guard', 'Connect', 'Disconnect', 'Default', 'Hello', 'Echo', 'Groups'),
    ...apiResources(api),
    ...apiResources(httpApi),
  };
  return Template.read(writeAssembly({ Resources }, {}));
}

/** A client that keeps its frames in order of arrival. */
export class Client {
  readonly socket: WebSocket;
  readonly #frames: string[] = [];
  readonly #waiting: ((text: string) => void)[] = [];
  readonly closed: Promise<number>;

  constructor(url: string, protocols: string[] = [], headers: Record<string, string> = {}) {
    this.socket = new WebSocket(url, protocols, { headers });
    this.socket.on('message', (data) => {
      const next = this.#waiting.shift();
      if (next) next(String(data));
      else this.#frames.push(String(data));
    });
    this.socket.on('error', () => {});
    this.closed = new Promise((resolve) => this.socket.on('close', (code) => resolve(code)));
  }

  async open(): Promise<this> {
    const refused = once(this.socket, 'unexpected-response').then(([, response]) => {
      throw new Error(`refused with ${response.statusCode}`);
    });
    await Promise.race([once(this.socket, 'open'), refused]);
    refused.catch(() => {});
    return this;
  }

  /** The HTTP answer to a handshake that was refused. */
  async refusal(): Promise<{ statusCode: number | undefined; body: Record<string, string> }> {
    const [, response] = (await once(this.socket, 'unexpected-response')) as [
      unknown,
      IncomingMessage,
    ];
    const chunks = await response.toArray();
    return { statusCode: response.statusCode, body: JSON.parse(Buffer.concat(chunks).toString()) };
  }

  send(frame: object | string): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  next(): Promise<string> {
    const known = this.#frames.shift();
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async nextJson(): Promise<Record<string, string>> {
    return JSON.parse(await this.next());
  }
}
