import type { Functions } from '../../lambda/functions.ts';
import type { ApiDefinition, ApiRoute } from '../definition/api-definition.ts';
import { invokeMeasured, type MeasureSocket } from '../invoke-measured.ts';
import {
  readIdentity,
  runLambdaAuthorizer,
  unauthorized,
  type Verdict,
} from '../lambda-authorizer.ts';
import { readProxyResult } from '../proxy-result.ts';
import {
  authorizerEvent,
  connectArn,
  connectEvent,
  type Handshake,
  type SocketPeer,
} from './socket-event.ts';

/** Whether a handshake may become a connection, and with what. */
export type Admission =
  | { admitted: true; authorizer?: Record<string, unknown>; headers: Record<string, string> }
  | { admitted: false; statusCode: number; message: string };

interface Dependencies {
  api: ApiDefinition;
  functions: Pick<Functions, 'invoke'>;
  nowMs: () => number;
  measure: MeasureSocket;
}

/** Runs the authorizer and the integration of `$connect`; both come before the 101. */
export async function admitSocket(
  dependencies: Dependencies,
  peer: SocketPeer,
  handshake: Handshake,
): Promise<Admission> {
  const route = dependencies.api.routes.find(({ routeKey }) => routeKey === '$connect');
  if (!route) return { admitted: true, headers: {} };
  const startedMs = dependencies.nowMs();
  const verdict = await authorize(dependencies, route, peer, handshake);
  if (!verdict.allowed) {
    dependencies.measure(verdict.statusCode < 500 ? 'ClientError' : 'ExecutionError', 1);
    return { admitted: false, ...verdict };
  }
  if (!route.authorizer) return connect(dependencies, route, peer, handshake);
  const { context, principalId } = verdict;
  const authorizer = {
    principalId,
    integrationLatency: dependencies.nowMs() - startedMs,
    ...stringified(context),
  };
  return connect(dependencies, route, { ...peer, authorizer }, handshake);
}

async function authorize(
  { api, functions, nowMs }: Dependencies,
  { authorizer }: ApiRoute,
  peer: SocketPeer,
  handshake: Handshake,
): Promise<Verdict> {
  if (authorizer?.kind !== 'lambda') return { allowed: true, context: {}, principalId: undefined };
  const identity = readIdentity(authorizer.identitySources, handshake.headers, handshake.query);
  if (!identity) return unauthorized;
  const event = authorizerEvent(api, peer, handshake, nowMs());
  return runLambdaAuthorizer(functions, authorizer, event, connectArn(api));
}

async function connect(
  { api, functions, nowMs, measure }: Dependencies,
  route: ApiRoute,
  peer: SocketPeer,
  handshake: Handshake,
): Promise<Admission> {
  const event = connectEvent(api, peer, handshake, nowMs());
  measure('ConnectCount', 1);
  const outcome = await invokeMeasured(functions, route, event, measure);
  const result = outcome.ok ? readProxyResult(outcome.payload) : undefined;
  if (route.refusedArn) {
    return { admitted: false, statusCode: 500, message: 'Internal server error' };
  }
  if (!result) return { admitted: false, statusCode: 502, message: 'Internal server error' };
  const { statusCode, headers } = result;
  if (statusCode < 200 || statusCode > 299) {
    return { admitted: false, statusCode, message: result.body ?? 'Forbidden' };
  }
  return { admitted: true, headers, ...(peer.authorizer && { authorizer: peer.authorizer }) };
}

/** WebSocket integrations get every context value as a string, numbers and booleans too. */
function stringified(context: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(context).map(([key, value]) => [key, String(value)]));
}
