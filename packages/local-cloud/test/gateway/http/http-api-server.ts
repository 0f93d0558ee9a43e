import { expect, onTestFinished } from 'vitest';
import { readApis } from '../../../src/gateway/definition/api-definition.ts';
import { HttpApi } from '../../../src/gateway/http/http-api.ts';
import { createHttpServer } from '../../../src/gateway/http/http-server.ts';
import { closeServer, listen } from '../../../src/gateway/listen.ts';
import { Template } from '../../../src/template/template.ts';
import { ManualClock } from '../../manual-clock.ts';
import { writeAssembly } from '../../template/write-assembly.ts';
import { fakeFunctions } from '../fake-functions.ts';
import {
  allowedToCall,
  apiResources,
  httpApi,
  lambdaFunctions,
  socketApi,
} from '../fixture-template.ts';

interface StartOptions {
  handlers?: Parameters<typeof fakeFunctions>[0];
  cors?: object;
  routes?: Record<string, { functionId: string; authorizerId?: string }>;
  authorizers?: Record<string, object>;
  takeRequest?: () => boolean;
  /** What a permission for the route's function covers; default everything of the API. */
  permitted?: string;
}

/** An HTTP API on a port of its own, until the test ends. */
export async function startHttpApi(options: StartOptions = {}) {
  const { handlers = {}, cors, routes, authorizers = {}, permitted, takeRequest } = options;
  const { functions, events } = fakeFunctions({ Groups: () => ({ ok: true }), ...handlers });
  const properties = { ...httpApi.properties, ...(cors && { CorsConfiguration: cors }) };
  const Resources = {
    ...lambdaFunctions('Groups', 'Guard', 'Connect', 'Disconnect', 'Default', 'Hello', 'Echo'),
    ...apiResources({ ...httpApi, properties, authorizers, ...(routes && { routes }) }),
    ...apiResources(socketApi),
    ...(permitted && {
      HttpPermissionGroups: allowedToCall('Groups', [{ Ref: 'Http' }, permitted]),
    }),
  };
  const { http } = readApis(Template.read(writeAssembly({ Resources }, {})));
  if (!http) throw new Error('The template has no HTTP API.');
  const api = new HttpApi({
    ...{ api: http, functions, clock: new ManualClock() },
    ...(takeRequest && { takeRequest }),
  });
  const faults: unknown[] = [];
  const server = createHttpServer(
    (request, response) => api.handle(request, response),
    (cause) => faults.push(cause),
  );
  const port = await listen(server, 0, 'PORT');
  onTestFinished(async () => {
    await closeServer(server);
    expect(faults).toEqual([]);
  });
  const send = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
  return { send, events, port };
}
