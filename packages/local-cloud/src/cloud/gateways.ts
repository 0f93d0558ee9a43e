import { disturbPost, losesDisconnect } from '../faults.ts';
import type { ApiDefinition } from '../gateway/definition/api-definition.ts';
import { HttpApi } from '../gateway/http/http-api.ts';
import type { Services } from '../gateway/listeners.ts';
import { createRequestLimits, type RequestLimits } from '../gateway/request-limits.ts';
import { WebSocketApi } from '../gateway/sockets/web-socket-api.ts';
import { defaultConcurrency, type Functions } from '../lambda/functions.ts';
import type { Monitoring } from '../monitoring/monitoring.ts';
import type { CloudOptions } from './options.ts';
import type { Stack } from './stack.ts';

interface Parts {
  functions: Functions;
  rewrite: (value: string) => string;
  monitoring: Monitoring;
}

/** The template's two APIs, as far as it has them. */
export function createGateways(
  options: CloudOptions,
  stack: Stack,
  parts: Parts,
): Pick<Services, 'httpApi' | 'socketApi'> {
  const { apis, clock, running } = stack;
  const limits = createRequestLimits(options.awsLimits, apis, clock);
  const socketApi = apis.sockets && createSocketApi(apis.sockets, limits, options, stack, parts);
  if (socketApi) running.defer(() => socketApi.stop());
  return { httpApi: apis.http && createHttpApi(apis.http, limits, stack, parts), socketApi };
}

function createHttpApi(
  api: ApiDefinition,
  limits: RequestLimits,
  { clock }: Stack,
  { functions, rewrite, monitoring }: Parts,
): HttpApi {
  return new HttpApi({
    ...{ api, functions, rewrite, clock, takeRequest: limits.http },
    measure: (answered) => monitoring.noteHttp(api.apiId, answered),
  });
}

function createSocketApi(
  api: ApiDefinition,
  limits: RequestLimits,
  { concurrency = defaultConcurrency, faults }: CloudOptions,
  { permissions: { authorize }, clock }: Stack,
  { functions, monitoring }: Parts,
): WebSocketApi {
  return new WebSocketApi({
    ...{ api, functions, authorize, clock },
    // An upgrade calls two functions in turn: more would only wait for sandboxes.
    changesAtOnce: 2 * concurrency,
    measure: monitoring.measureSocket(api.apiId),
    limitPost: limits.posts,
    takeRequest: limits.sockets,
    takeConnection: limits.connections,
    ...(faults && { disturbPost: disturbPost(faults), losesDisconnect: losesDisconnect(faults) }),
  });
}
