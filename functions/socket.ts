import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import type { ClientFrame } from '../protocol/client-frames.ts';
import type { ServerFrame } from '../protocol/server-frames.ts';
import { logFault } from './log.ts';
import type { Outcome } from './outcome.ts';
import { problemOf } from './problem-of.ts';
import { required } from './required-environment.ts';
import { frameRoutes } from './socket/frame-routes.ts';
import { parseFrame } from './socket/parse-frame.ts';
import { contextOf, type SocketContext, tokenHasExpired } from './socket/socket-context.ts';
import { offersSubprotocol, subprotocol } from './socket/upgrade-request.ts';
import { tellPresence } from './use-cases/tell-presence.ts';
import { wire } from './wiring.ts';

type SocketEvent = APIGatewayProxyWebsocketEventV2 & {
  headers?: Record<string, string | undefined>;
  requestContext: { authorizer?: Record<string, unknown> };
};

const { service, poster, dispatcher, deliverer } = wire();
const presence = required('presence') === 'on';

/** Every event of a WebSocket connection: its upgrade, its frames and its end. */
export async function handler(event: SocketEvent) {
  const context = contextOf(service, event);
  const { eventType } = event.requestContext;
  if (eventType === 'CONNECT') return connect(context, event);
  if (eventType === 'DISCONNECT') await disconnect(context);
  else await answer(context, event);
  return { statusCode: 200 };
}

async function connect(context: SocketContext, event: SocketEvent) {
  await service.connections.add(context.caller, context.endsAt);
  await announce(context, 'online');
  const selects = offersSubprotocol({ headers: event.headers ?? null });
  return {
    statusCode: 200,
    ...(selects && { headers: { 'Sec-WebSocket-Protocol': subprotocol } }),
  };
}

async function disconnect(context: SocketContext): Promise<void> {
  await service.connections.remove(context.caller);
  await announce(context, 'offline');
}

async function announce({ caller }: SocketContext, status: 'online' | 'offline'): Promise<void> {
  if (presence) await deliverer.deliver(await tellPresence(service, caller, status));
}

/** Replies and pushes leave together: neither waits for the other. */
async function answer(context: SocketContext, event: SocketEvent): Promise<void> {
  const { requestId, frame } = parseFrame(event.body);
  if (tokenHasExpired(context)) return end(context, requestId);
  const outcome = frame.ok ? await route(context, frame.value, event) : frame;
  const replies = outcome.ok ? outcome.value : [{ type: 'error' as const, ...outcome.problem }];
  await Promise.all([
    ...replies.map((reply) => send(context, { ...reply, ...(requestId && { requestId }) })),
    outcome.ok ? deliverer.deliver(outcome.pushes) : undefined,
  ]);
}

async function route(
  context: SocketContext,
  frame: ClientFrame,
  event: SocketEvent,
): Promise<Outcome<ServerFrame[]>> {
  const run = frameRoutes[frame.type] as (
    context: SocketContext,
    frame: ClientFrame,
  ) => Promise<Outcome<ServerFrame[]>>;
  try {
    return await run(context, frame);
  } catch (error) {
    const { requestId } = event.requestContext;
    logFault('frame failed', error, { route: frame.type, requestId });
    return { ok: false, problem: problemOf(error, requestId) };
  }
}

const send = ({ caller }: SocketContext, frame: ServerFrame): Promise<void> =>
  dispatcher.send(frame, [caller]);

/** A reason travels as a frame: closing itself can say nothing. */
async function end(context: SocketContext, requestId: string | undefined): Promise<void> {
  const { caller } = context;
  await service.connections.remove(caller);
  await send(context, {
    type: 'error',
    ...(requestId && { requestId }),
    code: 'TOKEN_EXPIRED',
    message: 'The token has expired.',
  });
  await poster.close(caller.connectionId);
}
