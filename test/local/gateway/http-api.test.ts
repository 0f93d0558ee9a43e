import { request as sendRaw } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { readApis } from '../../../local/gateway/api-definition.ts';
import { HttpApi } from '../../../local/gateway/http-api.ts';
import { createHttpServer } from '../../../local/gateway/http-server.ts';
import { closeServer, listen } from '../../../local/gateway/listen.ts';
import { Template } from '../../../local/template/template.ts';
import { writeAssembly } from '../template/write-assembly.ts';
import { fakeFunctions, type SeenEvent } from './fake-functions.ts';
import {
  apiResources,
  httpApi,
  lambdaFunctions,
  requestAuthorizer,
  socketApi,
} from './fixture-template.ts';
import { ManualClock } from './manual-clock.ts';

interface StartOptions {
  handlers?: Parameters<typeof fakeFunctions>[0];
  cors?: object;
  routes?: Record<string, { functionId: string; authorizerId?: string }>;
  authorizers?: Record<string, object>;
}

let stop: () => Promise<void>;
afterEach(() => stop());

async function start({ handlers = {}, cors, routes, authorizers = {} }: StartOptions = {}) {
  const { functions, events } = fakeFunctions({ Groups: () => ({ ok: true }), ...handlers });
  const properties = { ...httpApi.properties, ...(cors && { CorsConfiguration: cors }) };
  const Resources = {
    ...lambdaFunctions('Groups', 'Guard', 'Connect', 'Disconnect', 'Default', 'Hello', 'Echo'),
    ...apiResources({ ...httpApi, properties, authorizers, ...(routes && { routes }) }),
    ...apiResources(socketApi),
  };
  const { http } = readApis(Template.read(writeAssembly({ Resources }, {})));
  const api = new HttpApi({ api: http, functions, clock: new ManualClock() });
  const faults: unknown[] = [];
  const server = createHttpServer(
    (request, response) => api.handle(request, response),
    (cause) => faults.push(cause),
  );
  const port = await listen(server, 0, 'PORT');
  stop = async () => {
    await closeServer(server);
    expect(faults).toEqual([]);
  };
  const send = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
  return { send, events, port };
}

const anyRoute = { $default: { functionId: 'Groups' } };

describe('the event', () => {
  it('is payload format 2.0', async () => {
    const { send, events, port } = await start();
    await send('/groups/a%20b?x=1&x=2&y=%26', {
      headers: { 'X-One': '1', Cookie: 'a=1; b=2', 'User-Agent': 'test' },
    });
    expect(events[0]?.event).toMatchObject({
      version: '2.0',
      routeKey: 'GET /groups/{groupId}',
      rawPath: '/groups/a%20b',
      rawQueryString: 'x=1&x=2&y=%26',
      cookies: ['a=1', 'b=2'],
      headers: { 'x-one': '1', host: `127.0.0.1:${port}`, 'x-forwarded-proto': 'http' },
      queryStringParameters: { x: '1,2', y: '&' },
      pathParameters: { groupId: 'a b' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'Http',
        domainName: 'Http.execute-api.us-east-1.amazonaws.com',
        domainPrefix: 'Http',
        http: {
          method: 'GET',
          path: '/groups/a%20b',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'test',
        },
        routeKey: 'GET /groups/{groupId}',
        stage: '$default',
        time: '02/Jan/2026:03:04:05 +0000',
        timeEpoch: Date.UTC(2026, 0, 2, 3, 4, 5),
      },
      isBase64Encoded: false,
    });
    for (const field of ['body', 'multiValueHeaders', 'stageVariables']) {
      expect(events[0]?.event).not.toHaveProperty(field);
    }
    expect(events[0]?.event.headers).not.toHaveProperty('cookie');
  });

  it('joins a header sent twice by commas', async () => {
    const { events, port } = await start();
    const headers = ['host', 'localhost', 'x-two', '1', 'X-Two', '2'];
    await new Promise((resolve, reject) => {
      const request = sendRaw({ port, path: '/groups/a', headers }, resolve);
      request.on('error', reject).end();
    });
    expect(events[0]?.event.headers['x-two']).toBe('1,2');
  });

  it.each([
    ['application/json', '{"a":"✓"}', false],
    ['text/plain;charset=UTF-8', 'a', false],
    ['application/problem+json', '{}', false],
    ['application/x-www-form-urlencoded', 'a=1', true],
    ['application/octet-stream', '\u0001', true],
  ])('carries a body of %s', async (type, body, isBase64Encoded) => {
    const { send, events } = await start({ routes: anyRoute });
    await send('/', { method: 'POST', headers: { 'content-type': type }, body });
    const expected = isBase64Encoded ? Buffer.from(body).toString('base64') : body;
    expect(events[0]?.event).toMatchObject({ body: expected, isBase64Encoded });
  });

  it('keeps names such as __proto__ as names', async () => {
    const { send, events } = await start({ routes: anyRoute });
    await send('/?__proto__=1', { headers: { __proto__x: '2' } });
    expect(
      Object.entries(events[0]?.event ?? {}).find(([k]) => k === 'queryStringParameters'),
    ).toEqual(['queryStringParameters', JSON.parse('{"__proto__":"1"}')]);
  });
});

describe('the response', () => {
  it.each([
    ['a bare object', { a: 1 }, 200, 'application/json', '{"a":1}'],
    ['a bare string', 'hello', 200, 'application/json', 'hello'],
    ['nothing', undefined, 200, 'application/json', 'null'],
    ['a status alone', { statusCode: 204 }, 204, 'text/plain;charset=UTF-8', ''],
    [
      'a whole response',
      { statusCode: 201, headers: { 'Content-Type': 'a/b' }, body: 'x' },
      201,
      'a/b',
      'x',
    ],
    [
      'base64',
      { statusCode: 200, body: Buffer.from('x').toString('base64'), isBase64Encoded: true },
      200,
      'text/plain;charset=UTF-8',
      'x',
    ],
    ['an object for a body', { statusCode: 200, body: {} }, 500, 'application/json', null],
    ['no status code', { statusCode: 'x' }, 500, 'application/json', null],
    ['a status out of range', { statusCode: 99 }, 500, 'application/json', null],
  ])('of %s', async (_, answer, status, type, body) => {
    const { send } = await start({ handlers: { Groups: () => answer } });
    const response = await send('/groups/a');
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe(type);
    expect(await response.text()).toBe(body ?? '{"message":"Internal Server Error"}');
  });

  it('sets every cookie', async () => {
    const answer = { statusCode: 200, cookies: ['a=1', 'b=2'] };
    const { send } = await start({ handlers: { Groups: () => answer } });
    expect((await send('/groups/a')).headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('of a function that throws is a bare 500', async () => {
    const Groups = () => Promise.reject(new Error('secret'));
    const { send } = await start({ handlers: { Groups } });
    const response = await send('/groups/a');
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ message: 'Internal Server Error' });
  });

  it.each([
    ['GET', '/other', undefined, 404, 'Not Found'],
    ['POST', '/groups/a', undefined, 404, 'Not Found'],
    ['GET', '/groups/%E0%A4%A', undefined, 400, 'Bad Request'],
    ['POST', '/', 10 * 1024 * 1024 + 1, 413, 'Request Entity Too Large'],
  ])('to %s %s', async (method, path, bytes, status, message) => {
    const { send, events } = await start();
    const body = bytes ? Buffer.alloc(bytes) : undefined;
    const response = await send(path, { method, ...(body && { body }) });
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ message });
    expect(events).toEqual([]);
  });
});

describe('CORS', () => {
  const cors = {
    AllowOrigins: ['https://good.example', 'https://*'],
    AllowMethods: ['GET', 'POST'],
    AllowHeaders: ['authorization'],
    ExposeHeaders: ['x-id'],
    MaxAge: 600,
  };
  const preflight = (origin: string) => ({
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST' },
  });

  it('answers a preflight itself', async () => {
    const { send, events } = await start({ cors, routes: anyRoute });
    const response = await send('/any', preflight('https://good.example'));
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': 'https://good.example',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'authorization',
      'access-control-max-age': '600',
    });
    expect(events).toEqual([]);
  });

  it('gives a foreign origin nothing', async () => {
    const { send } = await start({ cors });
    const headers = [...(await send('/any', preflight('http://bad.example'))).headers.keys()];
    expect(headers.filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('replaces the headers of the integration', async () => {
    const headers = { 'Access-Control-Allow-Origin': 'https://evil.example' };
    const { send } = await start({
      cors: { ...cors, AllowOrigins: ['*'] },
      handlers: { Groups: () => ({ statusCode: 200, headers }) },
    });
    const response = await send('/groups/a', { headers: { origin: 'http://any.example' } });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-expose-headers')).toBe('x-id');
    const plain = await send('/groups/a');
    expect(plain.headers.has('access-control-allow-origin')).toBe(false);
  });

  it('without a configuration preflights go to the routes', async () => {
    const { send } = await start();
    expect((await send('/groups/a', preflight('https://good.example'))).status).toBe(404);
  });
});

describe('a REQUEST authorizer', () => {
  const startGuarded = (Guard: (event: SeenEvent) => unknown) =>
    start({
      handlers: { Guard },
      authorizers: {
        HttpAuthorizer: requestAuthorizer('Guard', {
          AuthorizerPayloadFormatVersion: '2.0',
          EnableSimpleResponses: true,
          IdentitySource: ['$request.header.Authorization'],
        }),
      },
      routes: { 'GET /groups/{groupId}': { functionId: 'Groups', authorizerId: 'HttpAuthorizer' } },
    });

  it.each([
    ['allows', () => ({ isAuthorized: true, context: { n: 1 } }), 200],
    ['refuses', () => ({ isAuthorized: false }), 403],
    ['throws Unauthorized', () => Promise.reject(new Error('Unauthorized')), 401],
    ['throws', () => Promise.reject(new Error('x')), 500],
  ])('%s', async (_, Guard, status) => {
    const { send, events } = await startGuarded(Guard);
    const response = await send('/groups/a', { headers: { authorization: 'secret' } });
    expect(response.status).toBe(status);
    expect(events[0]?.event).toMatchObject({
      type: 'REQUEST',
      identitySource: ['secret'],
      routeArn: 'arn:aws:execute-api:us-east-1:000000000000:Http/$default/GET/groups/a',
      pathParameters: { groupId: 'a' },
    });
    expect(events[1]?.event.requestContext.authorizer).toEqual(
      status === 200 ? { lambda: { n: 1 } } : undefined,
    );
  });

  it('is not asked without its identity source', async () => {
    const { send, events } = await startGuarded(() => ({ isAuthorized: true }));
    expect((await send('/groups/a')).status).toBe(401);
    expect(events).toEqual([]);
  });
});
