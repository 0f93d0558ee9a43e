import { request as sendRaw } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startHttpApi } from './http-api-server.ts';

const anyRoute = { $default: { functionId: 'Groups' } };

describe('the event', () => {
  it('is payload format 2.0', async () => {
    const { send, events, port } = await startHttpApi();
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
    const { events, port } = await startHttpApi();
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
    const { send, events } = await startHttpApi({ routes: anyRoute });
    await send('/', { method: 'POST', headers: { 'content-type': type }, body });
    const expected = isBase64Encoded ? Buffer.from(body).toString('base64') : body;
    expect(events[0]?.event).toMatchObject({ body: expected, isBase64Encoded });
  });

  it('keeps names such as __proto__ as names', async () => {
    const { send, events } = await startHttpApi({ routes: anyRoute });
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
    const { send } = await startHttpApi({ handlers: { Groups: () => answer } });
    const response = await send('/groups/a');
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe(type);
    expect(await response.text()).toBe(body ?? '{"message":"Internal Server Error"}');
  });

  it('sets every cookie', async () => {
    const answer = { statusCode: 200, cookies: ['a=1', 'b=2'] };
    const { send } = await startHttpApi({ handlers: { Groups: () => answer } });
    expect((await send('/groups/a')).headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('of a function that throws is a bare 500', async () => {
    const Groups = () => Promise.reject(new Error('secret'));
    const { send } = await startHttpApi({ handlers: { Groups } });
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
    const { send, events } = await startHttpApi();
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

  it('answers a preflight itself, whatever the path', async () => {
    const { send, events } = await startHttpApi({ cors });
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

  it.each(['$default', 'ANY /{proxy+}', 'OPTIONS /any'])(
    '[AW1] leaves a preflight to a route that takes OPTIONS: %s',
    async (routeKey) => {
      const { send, events } = await startHttpApi({
        cors,
        routes: { [routeKey]: { functionId: 'Groups' } },
        handlers: { Groups: () => ({ statusCode: 401 }) },
      });
      const response = await send('/any', preflight('https://good.example'));
      expect([response.status, events.length]).toEqual([401, 1]);
    },
  );

  it('gives a foreign origin nothing', async () => {
    const { send } = await startHttpApi({ cors });
    const headers = [...(await send('/any', preflight('http://bad.example'))).headers.keys()];
    expect(headers.filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('replaces the headers of the integration', async () => {
    const headers = { 'Access-Control-Allow-Origin': 'https://evil.example' };
    const { send } = await startHttpApi({
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
    const { send } = await startHttpApi();
    expect((await send('/groups/a', preflight('https://good.example'))).status).toBe(404);
  });
});

describe('[AW1] a request over a limit', () => {
  it.each([
    ['TooManyRequestsException', 503, 'Service Unavailable'],
    ['RequestEntityTooLargeException', 413, 'Request Entity Too Large'],
    ['AccessDeniedException', 500, 'Internal Server Error'],
  ])('of Lambda (%s) is a %i', async (name, status, message) => {
    const Groups = () => Promise.reject(Object.assign(new Error('no'), { name }));
    const { send } = await startHttpApi({ handlers: { Groups } });
    const response = await send('/groups/a');
    expect([response.status, await response.json()]).toEqual([status, { message }]);
  });

  it('of API Gateway is a 429 that reaches no function', async () => {
    const { send, events } = await startHttpApi({ takeRequest: () => false });
    const response = await send('/groups/a');
    expect([response.status, await response.json()]).toEqual([
      ...[429, { message: 'Too Many Requests' }],
    ]);
    expect(events).toEqual([]);
  });

  it('of headers is a 431', async () => {
    const { send, events } = await startHttpApi();
    const statusWith = async (bytes: number) =>
      (await send('/groups/a', { headers: { 'x-long': 'x'.repeat(bytes) } })).status;
    expect([await statusWith(10_240), await statusWith(9_000)]).toEqual([431, 200]);
    expect(events).toHaveLength(1);
  });
});
