import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { PageServer } from '../page/page-server.ts';
import type { HttpApi } from './http/http-api.ts';
import { createHttpServer } from './http/http-server.ts';
import { closeServer, listen } from './listen.ts';
import { urlOf } from './request-values.ts';
import { respondJson } from './respond.ts';
import { refuseUpgrade } from './sockets/upgrade-refusal.ts';
import type { WebSocketApi } from './sockets/web-socket-api.ts';

/** A server of the caller's own on the HTTP port, asked before the APIs. */
export interface LocalRoutes {
  /** Answers its own paths; false for any other, and the next one is asked. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  stop?(): Promise<void>;
}

/** What answers behind the two ports. */
export interface Services {
  localRoutes: readonly LocalRoutes[];
  httpApi: HttpApi | undefined;
  socketApi: WebSocketApi | undefined;
  page?: PageServer | undefined;
}

export interface Listeners {
  httpUrl: string;
  wsUrl: string;
  /** From here on requests are answered, and `/health` says 200 instead of 503. */
  serve(services: Services): void;
  close(): Promise<void>;
}

export interface ListenerOptions {
  httpPort?: number;
  wsPort?: number;
  reportFault: (cause: unknown) => void;
}

/**
 * Takes the two ports, before there is anything behind them: the addresses go into the functions'
 * environment, and a port that is taken shows at once.
 */
export async function openListeners(options: ListenerOptions): Promise<Listeners> {
  const { httpPort = 0, wsPort = 0, reportFault } = options;
  let services: Services | undefined;

  const httpServer = createHttpServer(async (request, response) => {
    if (isHealth(request)) answerHealth(response, services !== undefined);
    else if (!services) answerHealth(response, false);
    else await answer(services, request, response);
  }, reportFault);

  const wsServer = createHttpServer(async (request, response) => {
    if (!services) answerHealth(response, false);
    else if (services.socketApi) await services.socketApi.handleRequest(request, response);
    else answerNotFound(response);
  }, reportFault);
  wsServer.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!services) refuseUpgrade(socket, 503, { message: 'Service Unavailable' });
    else if (!services.socketApi) refuseUpgrade(socket, 404, notFound);
    else services.socketApi.handleUpgrade(request, socket, head).catch(reportFault);
  });

  const close = async () => {
    await Promise.all([closeServer(httpServer), closeServer(wsServer)]);
  };
  try {
    const takenHttpPort = await listen(httpServer, httpPort, 'PORT');
    const takenWsPort = await listen(wsServer, wsPort, 'WS_PORT');
    return {
      httpUrl: `http://127.0.0.1:${takenHttpPort}`,
      wsUrl: `ws://127.0.0.1:${takenWsPort}`,
      serve: (opened) => {
        services = opened;
      },
      close,
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}

async function answer(
  { localRoutes, page, httpApi }: Services,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  for (const routes of localRoutes) if (await routes.handle(request, response)) return;
  // No file stands in the way of a route.
  if (!httpApi?.declares(request) && (await page?.handle(request, response))) return;
  if (httpApi) await httpApi.handle(request, response);
  else answerNotFound(response);
}

const notFound = { message: 'Not Found' };

const answerNotFound = (response: ServerResponse): void => respondJson(response, 404, notFound);

function isHealth(request: IncomingMessage): boolean {
  return request.method === 'GET' && urlOf(request)?.pathname === '/health';
}

function answerHealth(response: ServerResponse, isReady: boolean): void {
  respondJson(response, isReady ? 200 : 503, { status: isReady ? 'ok' : 'starting' });
}
