import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { type Clock, systemClock } from '../../clock.ts';
import type { Functions } from '../../lambda/functions.ts';
import type { Authorize } from '../../permissions/permissions.ts';
import type { ApiDefinition, ApiRoute } from '../definition/api-definition.ts';
import { arnOfApi } from '../definition/invoke-sources.ts';
import { invokeMeasured, type MeasureSocket } from '../invoke-measured.ts';
import { readProxyResult } from '../proxy-result.ts';
import { readHeaders, readQuery, sourceIpOf, urlOf } from '../request-values.ts';
import { Connection } from './connection.ts';
import { ConnectionLine } from './connection-line.ts';
import { FrameCounts } from './frame-counts.ts';
import { createFrameHeaderReader } from './frame-header-reader.ts';
import { type DisturbPost, handleManagementRequest, type PostLimiter } from './management-api.ts';
import { createOpaqueId } from './opaque-id.ts';
import { createRouteSelection } from './route-selection.ts';
import { admitSocket } from './socket-admission.ts';
import { disconnectEvent, messageEvent, type SocketPeer } from './socket-event.ts';
import { awsSocketLimits, type SocketLimits } from './socket-limits.ts';
import { refuseUpgrade } from './upgrade-refusal.ts';

export interface WebSocketApiOptions {
  api: ApiDefinition;
  functions: Pick<Functions, 'invoke'>;
  clock?: Clock;
  limits?: SocketLimits;
  /** How many connections begin or end at a time, the others wait; no limit unless given. */
  changesAtOnce?: number;
  /** Draws which upgrade of those that wait is next: at least 0 and below 1. */
  random?: () => number;
  /** Asked before every post to a connection; `false` answers it with 429. */
  limitPost?: PostLimiter;
  /** Asked before every upgrade and every frame of a client; `false` refuses it. */
  takeRequest?: () => boolean;
  /** Asked before every upgrade as well. */
  takeConnection?: () => boolean;
  /** Asked before every call of the management API: why it is refused, if it is. */
  authorize?: Authorize;
  measure?: MeasureSocket;
  /** Faults of posts; none unless given. */
  disturbPost?: DisturbPost;
  /** Asked at the end of a connection; `true` keeps it from the service. */
  losesDisconnect?: () => boolean;
}

/** An API Gateway WebSocket API: upgrades, routes and the management API of its connections. */
export class WebSocketApi {
  readonly frames = new FrameCounts();
  readonly #options: WebSocketApiOptions;
  readonly #clock: Clock;
  readonly #limits: SocketLimits;
  readonly #connections = new Map<string, Connection>();
  readonly #routes: ReadonlyMap<string, ApiRoute>;
  readonly #selectRoute: (text: string) => string | undefined;
  readonly #server: WebSocketServer;
  readonly #count: MeasureSocket;
  readonly #line: ConnectionLine;
  #stopped = false;
  readonly #answerHeaders = new WeakMap<IncomingMessage, Record<string, string>>();

  constructor(options: WebSocketApiOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#limits = options.limits ?? awsSocketLimits;
    this.#count = options.measure ?? (() => {});
    const { changesAtOnce = Number.POSITIVE_INFINITY, random = Math.random } = options;
    this.#line = new ConnectionLine(changesAtOnce, random);
    this.#routes = new Map(options.api.routes.map((route) => [route.routeKey, route]));
    this.#selectRoute = createRouteSelection(options.api.routeSelectionExpression);
    this.#server = this.#createServer();
  }

  /** The `upgrade` listener of an HTTP server: a 101, or an HTTP error and a closed socket. */
  async handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on('error', () => socket.destroy());
    const url = urlOf(request);
    // Deployed, the path is the stage; locally the bare address is accepted too.
    if (!url || !['/', `/${this.#options.api.stage}`].includes(url.pathname)) {
      return refuseUpgrade(socket, 403, { message: 'Forbidden' });
    }
    if (!isHandshake(request)) return refuseUpgrade(socket, 400, { message: 'Bad Request' });
    const { takeConnection = () => true, takeRequest = () => true } = this.#options;
    if (!takeConnection() || !takeRequest()) {
      this.#count('ClientError', 1);
      return refuseUpgrade(socket, 429, { message: 'Too Many Requests' });
    }
    if (!(await this.#line.begin(socket))) return void socket.destroy();
    try {
      await this.#admit(request, socket, head, url);
    } finally {
      this.#line.leave();
    }
  }

  async #admit(request: IncomingMessage, socket: Duplex, head: Buffer, url: URL): Promise<void> {
    if (this.#stopped) return void socket.destroy();
    const peer = this.#createPeer(request);
    const handshake = { headers: readHeaders(request), query: readQuery(url) };
    const { api, functions } = this.#options;
    const nowMs = () => this.#clock.nowMs();
    const admission = await admitSocket(
      { api, functions, nowMs, measure: this.#count },
      peer,
      handshake,
    );
    if (!admission.admitted) {
      const { connectionId } = peer;
      const body = { message: admission.message, connectionId, requestId: createOpaqueId() };
      return refuseUpgrade(socket, admission.statusCode, body);
    }
    if (this.#stopped) return void socket.destroy();
    this.#answerHeaders.set(request, admission.headers);
    const { authorizer } = admission;
    this.#upgrade(request, socket, head, { ...peer, ...(authorizer && { authorizer }) });
  }

  /** HTTP requests on the same port: `/<stage>/@connections/{id}`. */
  handleRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return handleManagementRequest(request, response, {
      stage: this.#options.api.stage,
      apiArn: arnOfApi(this.#options.api),
      authorize: this.#options.authorize ?? (() => undefined),
      find: (connectionId) => this.#connections.get(connectionId),
      sent: () => this.#count('MessageCount', 1),
      maxMessageBytes: this.#limits.maxMessageBytes,
      limitPost: this.#options.limitPost ?? (() => true),
      disturbPost: this.#options.disturbPost ?? (() => undefined),
    });
  }

  /** Drops every connection without `$disconnect`, as a crash would. */
  stop(): void {
    this.#stopped = true;
    for (const connection of this.#connections.values()) connection.forget();
    this.#connections.clear();
    for (const socket of this.#server.clients) socket.terminate();
  }

  #createServer(): WebSocketServer {
    const server = new WebSocketServer({
      noServer: true,
      maxPayload: this.#limits.maxMessageBytes,
      // API Gateway selects no subprotocol: the header comes from the $connect integration.
      handleProtocols: () => false,
    });
    server.on('headers', (lines, request) => {
      for (const [name, value] of Object.entries(this.#answerHeaders.get(request) ?? {})) {
        if (!ownedByGateway.test(name)) lines.push(`${name}: ${value}`);
      }
    });
    return server;
  }

  #createPeer(request: IncomingMessage): SocketPeer {
    return {
      connectionId: createOpaqueId(),
      connectedAtMs: this.#clock.nowMs(),
      sourceIp: sourceIpOf(request),
      userAgent: request.headers['user-agent'],
    };
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, peer: SocketPeer): void {
    let upgraded = false;
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      upgraded = true;
      this.#open(webSocket, socket, peer);
    });
    // The caller hung up while $connect ran: the service believes it connected, so tell it.
    if (!upgraded) void this.#disconnect(peer, { code: 1006, reason: '' });
  }

  #open(socket: WebSocket, raw: Duplex, peer: SocketPeer): void {
    const { connectionId } = peer;
    const connection = new Connection({
      peer,
      socket,
      clock: this.#clock,
      limits: this.#limits,
      frames: this.frames.open(connectionId),
    });
    this.#connections.set(connectionId, connection);
    // First in line, so that a frame too long is known before its message is.
    raw.prependListener(
      'data',
      createFrameHeaderReader((bytes) => this.#measure(connection, bytes)),
    );
    socket.on('error', () => {}); // `ws` closes by itself; `close` follows
    socket.on('message', (data, isBinary) => this.#receive(connection, data, isBinary));
    socket.on('close', (code, reason) => this.#close(connection, code, reason.toString()));
  }

  #measure(connection: Connection, payloadBytes: number): void {
    connection.touch();
    if (payloadBytes > this.#limits.maxFrameBytes) connection.close(1009);
  }

  #receive(connection: Connection, data: RawData, isBinary: boolean): void {
    if (!connection.isOpen) return;
    this.#count('MessageCount', 1);
    const text = data.toString();
    connection.countReceived(Buffer.byteLength(text));
    if (isBinary) connection.close(1003);
    // Not awaited: frames of one connection run concurrently.
    else void this.#route(connection, text);
  }

  async #route(connection: Connection, text: string): Promise<void> {
    const { api, functions, takeRequest = () => true } = this.#options;
    if (!takeRequest()) return this.#refuse(connection, 'Too Many Requests');
    const route = this.#findRoute(text);
    if (!route) return this.#refuse(connection, 'Forbidden');
    const event = messageEvent(api, connection.peer, route.routeKey, text, this.#clock.nowMs());
    const outcome = await invokeMeasured(functions, route, event, this.#count);
    if (!outcome.ok) return this.#fail(connection, event);
    if (!route.returnsResponse) return;
    const result = readProxyResult(outcome.payload);
    if (!result) {
      this.#count('ExecutionError', 1);
      return this.#fail(connection, event);
    }
    if (result.body) await connection.send(result.body);
  }

  #findRoute(text: string): ApiRoute | undefined {
    const selected = this.#selectRoute(text);
    // The reserved routes cannot be chosen from the body.
    const route = selected?.startsWith('$') ? undefined : this.#routes.get(selected ?? '');
    return route ?? this.#routes.get('$default');
  }

  #refuse(connection: Connection, message: string): Promise<void> {
    this.#count('ClientError', 1);
    return this.#sendError(connection, message, createOpaqueId());
  }

  #fail(connection: Connection, event: { requestContext: { requestId: string } }): Promise<void> {
    return this.#sendError(connection, 'Internal server error', event.requestContext.requestId);
  }

  async #sendError(connection: Connection, message: string, requestId: string): Promise<void> {
    const { connectionId } = connection.peer;
    await connection.send(JSON.stringify({ message, connectionId, requestId }));
  }

  #close(connection: Connection, code: number, reason: string): void {
    connection.forget();
    // False after stop(): nobody is left to be told.
    if (!this.#connections.delete(connection.peer.connectionId)) return;
    void this.#disconnect(connection.peer, { code, reason });
  }

  async #disconnect(peer: SocketPeer, close: { code: number; reason: string }): Promise<void> {
    const route = this.#routes.get('$disconnect');
    if (!route || this.#options.losesDisconnect?.()) return;
    const event = disconnectEvent(this.#options.api, peer, close, this.#clock.nowMs());
    await this.#line.end();
    if (!this.#stopped) await invokeMeasured(this.#options.functions, route, event, this.#count);
    this.#line.leave();
  }
}

const ownedByGateway =
  /^(connection|upgrade|content-length|transfer-encoding|sec-websocket-(accept|extensions))$/i;

function isHandshake({ method, headers }: IncomingMessage): boolean {
  const key = headers['sec-websocket-key'] ?? '';
  return (
    method === 'GET' &&
    headers.upgrade?.toLowerCase() === 'websocket' &&
    headers['sec-websocket-version'] === '13' &&
    /^[+/0-9A-Za-z]{22}==$/.test(key)
  );
}
