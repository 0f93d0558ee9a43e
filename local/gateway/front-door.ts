import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { IdentityProvider } from '../identity/identity-provider.ts';
import type { PageServer } from '../page/page-server.ts';
import type { Simulator } from '../simulator/simulator.ts';
import type { HttpApi } from './http-api.ts';
import { createHttpServer } from './http-server.ts';
import { closeServer, listen } from './listen.ts';
import { urlOf } from './request-values.ts';
import { respondJson } from './respond.ts';
import { refuseUpgrade } from './upgrade-refusal.ts';
import type { WebSocketApi } from './web-socket-api.ts';

/** What answers behind the two ports. */
export interface Services {
  identity: IdentityProvider;
  httpApi: HttpApi;
  socketApi: WebSocketApi;
  page?: PageServer | undefined;
  simulator?: Simulator | undefined;
}

export interface FrontDoor {
  httpUrl: string;
  wsUrl: string;
  /** From here on requests are answered, and `/health` says 200 instead of 503. */
  open(services: Services): void;
  close(): Promise<void>;
}

export interface FrontDoorOptions {
  httpPort?: number;
  wsPort?: number;
  reportFault: (cause: unknown) => void;
}

/**
 * Takes the two ports, before there is anything behind them: the addresses go into the functions'
 * environment, and a port that is taken shows at once.
 */
export async function openFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const { httpPort = 0, wsPort = 0, reportFault } = options;
  let services: Services | undefined;

  const httpServer = createHttpServer(async (request, response) => {
    if (isHealth(request)) answerHealth(response, services !== undefined);
    else if (!services) answerHealth(response, false);
    else await answer(services, request, response);
  }, reportFault);

  const wsServer = createHttpServer(async (request, response) => {
    if (services) await services.socketApi.handleRequest(request, response);
    else answerHealth(response, false);
  }, reportFault);
  wsServer.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (!services) refuseUpgrade(socket, 503, { message: 'Service Unavailable' });
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
      open: (opened) => {
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
  { identity, simulator, page, httpApi }: Services,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (await identity.handle(request, response)) return;
  if (await simulator?.handle(request, response)) return;
  // No file stands in the way of a route.
  if (!httpApi.declares(request) && (await page?.handle(request, response))) return;
  await httpApi.handle(request, response);
}

function isHealth(request: IncomingMessage): boolean {
  return request.method === 'GET' && urlOf(request)?.pathname === '/health';
}

function answerHealth(response: ServerResponse, isReady: boolean): void {
  respondJson(response, isReady ? 200 : 503, { status: isReady ? 'ok' : 'starting' });
}
