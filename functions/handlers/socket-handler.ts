import type { ServerFrame } from '@seenby/protocol/server-frames.ts';
import { subprotocol } from '@seenby/protocol/version.ts';
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { problemOf } from '../api/problem-of.ts';
import { noteDisconnect } from '../api/socket/note-disconnect.ts';
import { type ParsedFrame, parseFrame } from '../api/socket/parse-frame.ts';
import { runFrame } from '../api/socket/run-frame.ts';
import {
  contextOf,
  isOfAnotherEpoch,
  type SocketContext,
  tokenHasExpired,
} from '../api/socket/socket-context.ts';
import { offersSubprotocol } from '../auth/upgrade-request.ts';
import { budgets } from '../limits/budget.ts';
import { announcePresence } from '../presence/announce-presence.ts';
import type { ResultWithPushes } from '../push/recipients/push.ts';
import { type Connection, maxConnections } from '../store/users/connections.ts';
import type { AnswerParts } from './parts.ts';

export type SocketEvent = APIGatewayProxyWebsocketEventV2 & {
  headers?: Record<string, string | undefined>;
  requestContext: { authorizer?: Record<string, unknown>; disconnectStatusCode?: number };
};

export interface SocketParts extends AnswerParts {
  /** Whether users learn who else is online. */
  presence: boolean;
}

/** Every event of a WebSocket connection: its upgrade, its frames and its end. */
export function socketHandler(parts: SocketParts) {
  return async (event: SocketEvent) => {
    const context = contextOf(parts.service, event);
    const { eventType } = event.requestContext;
    if (eventType === 'CONNECT') return connect(parts, context, event);
    if (eventType === 'DISCONNECT') await disconnect(parts, context, event);
    else await answer(parts, context, event);
    return { statusCode: 200 };
  };
}

async function connect(parts: SocketParts, context: SocketContext, event: SocketEvent) {
  const { service } = parts;
  const taken = await service.budgets.take(context.caller.userId, budgets.connect);
  if (taken.outcome === 'limited') return { statusCode: 429 };
  const surplus = await service.connections.add(context.caller, context.endsAt);
  await Promise.all([
    announce(parts, context, 'online'),
    service.profiles.keepClaims(context.caller),
    ...surplus.map((connection) => endSurplus(parts, connection)),
  ]);
  const selects = offersSubprotocol({ headers: event.headers ?? null });
  return {
    statusCode: 200,
    ...(selects && { headers: { 'Sec-WebSocket-Protocol': subprotocol } }),
  };
}

async function disconnect(
  parts: SocketParts,
  context: SocketContext,
  event: SocketEvent,
): Promise<void> {
  noteDisconnect(event.requestContext.disconnectStatusCode);
  await parts.service.connections.remove(context.caller);
  await announce(parts, context, 'offline');
}

async function announce(
  { service, pusher, presence }: SocketParts,
  { caller }: SocketContext,
  status: 'online' | 'offline',
): Promise<void> {
  if (presence) await pusher.push(await announcePresence(service, caller, status));
}

/** Replies and pushes leave together: neither waits for the other. */
async function answer(
  parts: SocketParts,
  context: SocketContext,
  event: SocketEvent,
): Promise<void> {
  if (isOfAnotherEpoch(parts.service, event)) return endOld(parts, context);
  const { requestId, frame } = parseFrame(event.body);
  if (tokenHasExpired(context)) return end(parts, context, requestId);
  const outcome = await run(context, frame, event);
  if (outcome === 'dropped') return endSurplus(parts, context.caller);
  const replies = outcome.ok ? outcome.value : [{ type: 'error' as const, ...outcome.problem }];
  await Promise.all([
    ...replies.map((reply) => send(parts, context, { ...reply, ...(requestId && { requestId }) })),
    outcome.ok ? parts.pusher.push(outcome.pushes) : undefined,
  ]);
  const { requestTimeEpoch } = event.requestContext;
  if (outcome.ok && frame.ok) parts.usage.addRequest(frame.value.type, requestTimeEpoch);
}

async function run(
  context: SocketContext,
  frame: ParsedFrame['frame'],
  event: SocketEvent,
): Promise<ResultWithPushes<ServerFrame[]> | 'dropped'> {
  try {
    const outcome = await runFrame(context, frame);
    const isHello = frame.ok && frame.value.type === 'hello';
    return outcome.ok && isHello && (await wasDropped(context)) ? 'dropped' : outcome;
  } catch (error) {
    const { requestId } = event.requestContext;
    const route = frame.ok ? frame.value.type : '$default';
    return { ok: false, problem: problemOf(error, { route, requestId }) };
  }
}

/**
 * Whether it made room for another one of its user before it was open: API Gateway posts and closes nothing until
 * then, so nobody could tell it, and nothing is pushed to it. A client begins with `hello`.
 */
const wasDropped = async ({ service, caller }: SocketContext): Promise<boolean> =>
  !(await service.connections.isKnown(caller));

const send = (
  { dispatcher }: SocketParts,
  { caller }: SocketContext,
  frame: ServerFrame,
): Promise<void> => dispatcher.send(frame, [caller]);

/**
 * Its user has opened more connections than one may have; this one would have ended first. One that is still
 * opening is told at its `hello`: to close it when it has just opened would give no reason.
 */
async function endSurplus(
  { service, poster }: SocketParts,
  { connectionId }: Connection,
): Promise<void> {
  const error = { type: 'error', code: 'TOO_MANY', message: tooManyConnections } as const;
  const told = await poster.post(
    connectionId,
    JSON.stringify({ ...error, timestamp: service.clock() }),
  );
  if (told !== 'gone') await poster.close(connectionId);
}

/** The client comes back by itself, and is told then. */
async function endOld({ service, poster }: SocketParts, { caller }: SocketContext): Promise<void> {
  await service.connections.remove(caller);
  await poster.close(caller.connectionId);
}

const tooManyConnections = `A user has ${maxConnections} connections at most.`;

/** A reason travels as a frame: closing itself can say nothing. */
async function end(
  parts: SocketParts,
  context: SocketContext,
  requestId: string | undefined,
): Promise<void> {
  const { caller } = context;
  await parts.service.connections.remove(caller);
  await send(parts, context, {
    type: 'error',
    ...(requestId && { requestId }),
    code: 'TOKEN_EXPIRED',
    message: 'The token has expired.',
  });
  await parts.poster.close(caller.connectionId);
}
