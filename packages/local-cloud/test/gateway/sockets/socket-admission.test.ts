import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { requestAuthorizer, socketApi } from '../fixture-template.ts';
import { allow, Client, eventually, startSocketApi } from './socket-api-server.ts';

let api: Awaited<ReturnType<typeof startSocketApi>>;
afterEach(() => api.stop());

const denied = (Statement: object[]) => ({ principalId: 'x', policyDocument: { Statement } });
const invoke = { Action: 'execute-api:Invoke' };
const connectArn = 'arn:aws:execute-api:us-east-1:000000000000:Sockets/v1/$connect';

describe('the authorizer decides before the upgrade', () => {
  it.each([
    ['throws Unauthorized', () => Promise.reject(new Error('Unauthorized')), 401, 'Unauthorized'],
    ['throws', () => Promise.reject(new Error('no keys')), 500, 'Internal server error'],
    ['returns nothing', () => undefined, 500, 'Internal server error'],
    ['returns no principal', () => ({ policyDocument: {} }), 500, 'Internal server error'],
    ['denies', () => denied([{ Effect: 'Deny', ...invoke, Resource: '*' }]), 403, 'Forbidden'],
    [
      'allows another route',
      () => denied([{ Effect: 'Allow', ...invoke, Resource: `${connectArn}x` }]),
      403,
      'Forbidden',
    ],
    [
      'allows another action',
      () => denied([{ Effect: 'Allow', Action: 's3:*', Resource: '*' }]),
      403,
      'Forbidden',
    ],
    [
      'allows and denies',
      () =>
        denied([
          { Effect: 'Allow', ...invoke, Resource: '*' },
          { Effect: 'Deny', ...invoke, Resource: connectArn },
        ]),
      403,
      'Forbidden',
    ],
    [
      'sets a condition',
      () => denied([{ Effect: 'Allow', ...invoke, Resource: '*', Condition: {} }]),
      500,
      'Internal server error',
    ],
  ])('%s', async (_, Guard, statusCode, message) => {
    api = await startSocketApi({ handlers: { Guard } });
    const refusal = await new Client(api.url).refusal();
    expect(refusal).toMatchObject({ statusCode, body: { message } });
    expect(refusal.body.connectionId).toMatch(/^[\w-]{15}=$/);
    expect(api.events.map(({ functionId }) => functionId)).toEqual(['Guard']);
  });

  it('allows by wildcard and gives its context to every event as strings', async () => {
    const Resource = 'arn:aws:execute-api:*:*:Sockets/v?/*';
    const statement = { Effect: 'Allow', Action: ['execute-api:*'], Resource: [Resource] };
    api = await startSocketApi({
      handlers: {
        Guard: () => ({
          ...denied([statement]),
          context: { userId: 'alice', expiresAt: 17, admin: true },
        }),
      },
    });
    const client = await new Client(api.url).open();
    client.send({ type: 'hello' });
    client.socket.close();
    await eventually(() => api.events.length).toBe(4);
    for (const { event } of api.events.slice(1)) {
      expect(event.requestContext.authorizer).toEqual({
        principalId: 'x',
        integrationLatency: 0,
        userId: 'alice',
        expiresAt: '17',
        admin: 'true',
      });
    }
  });

  it('gets the request, not yet a connection', async () => {
    api = await startSocketApi({});
    await new Client(`${api.url}/v1?token=a%20b&x=1&x=2`, [], { 'X-One': 'yes' }).open();
    const event = api.eventOf('Guard');
    expect(event).toMatchObject({
      type: 'REQUEST',
      methodArn: connectArn,
      headers: { 'X-One': 'yes', 'Sec-WebSocket-Version': '13', 'X-Forwarded-For': '127.0.0.1' },
      multiValueHeaders: { 'X-One': ['yes'] },
      queryStringParameters: { token: 'a b', x: '2' },
      multiValueQueryStringParameters: { token: ['a b'], x: ['1', '2'] },
      requestContext: { routeKey: '$connect', eventType: 'CONNECT' },
    });
    expect(event.requestContext).not.toHaveProperty('authorizer');
  });

  it.each([
    ['', 401],
    ['?token=1', 101],
  ])('is not asked when a declared identity source is missing: "%s"', async (query, status) => {
    const identity = { IdentitySource: ['route.request.querystring.token'] };
    const authorizers = { Authorizer: requestAuthorizer('Guard', identity) };
    api = await startSocketApi({ api: { ...socketApi, authorizers } });
    const client = new Client(`${api.url}/${query}`);
    if (status === 101) await client.open();
    else expect(await client.refusal()).toMatchObject({ statusCode: status });
    expect(api.events.some(({ functionId }) => functionId === 'Guard')).toBe(status === 101);
  });
});

describe('$connect answers before the 101', () => {
  it.each([
    ['refuses', () => ({ statusCode: 403, body: 'no' }), 403],
    ['throws', () => Promise.reject(new Error('x')), 502],
    ['answers no proxy response', () => 'fine', 502],
  ])('%s', async (_, Connect, statusCode) => {
    api = await startSocketApi({ handlers: { Connect } });
    expect(await new Client(api.url).refusal()).toMatchObject({ statusCode });
    expect(api.events.map(({ functionId }) => functionId)).toEqual(['Guard', 'Connect']);
  });

  it('chooses the subprotocol by its header', async () => {
    const headers = { 'Sec-WebSocket-Protocol': 'example.v1', 'Content-Length': '0' };
    api = await startSocketApi({ handlers: { Connect: () => ({ statusCode: 200, headers }) } });
    const client = await new Client(api.url, ['example.v1', 'bearer.abc']).open();
    expect(client.socket.protocol).toBe('example.v1');
  });

  it('without that header no subprotocol is chosen', async () => {
    api = await startSocketApi({});
    const client = new Client(api.url, ['example.v1']);
    // The client refuses such an answer, as browsers do.
    expect(await client.closed).toBe(1006);
  });

  it('gets the event AWS sends', async () => {
    api = await startSocketApi({ handlers: { Guard: () => allow({ context: {} }) } });
    await new Client(api.url, [], { 'User-Agent': 'test' }).open();
    const event = api.eventOf('Connect');
    const { requestContext } = event;
    expect(requestContext).toMatchObject({
      routeKey: '$connect',
      eventType: 'CONNECT',
      messageDirection: 'IN',
      stage: 'v1',
      apiId: 'Sockets',
      domainName: 'Sockets.execute-api.us-east-1.amazonaws.com',
      connectedAt: Date.UTC(2026, 0, 2, 3, 4, 5),
      requestTimeEpoch: Date.UTC(2026, 0, 2, 3, 4, 5),
      requestTime: '02/Jan/2026:03:04:05 +0000',
      identity: { sourceIp: '127.0.0.1', userAgent: 'test' },
    });
    expect(requestContext.connectionId).toMatch(/^[\w-]{15}=$/);
    expect(event).not.toHaveProperty('queryStringParameters');
    expect(event).not.toHaveProperty('body');
    expect(event.headers.Host).toBe(`127.0.0.1:${api.port}`);
  });

  it('is told of a caller that hung up meanwhile', async () => {
    const connecting = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<object>();
    const Connect = () => {
      connecting.resolve();
      return answer.promise;
    };
    api = await startSocketApi({ handlers: { Connect } });
    const client = new Client(api.url);
    await connecting.promise;
    client.socket.terminate();
    await client.closed;
    answer.resolve({ statusCode: 200 });
    await eventually(() => api.events.at(-1)?.functionId).toBe('Disconnect');
  });
});

describe('what is no handshake', () => {
  it('an unknown path is 403', async () => {
    api = await startSocketApi({});
    expect(await new Client(`${api.url}/other`).refusal()).toMatchObject({ statusCode: 403 });
    expect(api.events).toEqual([]);
  });

  it.each([
    ['no key', { upgrade: 'websocket', 'sec-websocket-version': '13' }],
    ['another protocol', { upgrade: 'h2c' }],
  ])('%s is 400', async (_, headers) => {
    api = await startSocketApi({});
    const statusCode = await new Promise((resolve, reject) => {
      const options = { port: api.port, headers: { connection: 'upgrade', ...headers } };
      request(options, (response) => resolve(response.statusCode))
        .on('error', reject)
        .end();
    });
    expect(statusCode).toBe(400);
    expect(api.events).toEqual([]);
  });

  it('a plain request is 426', async () => {
    api = await startSocketApi({});
    const response = await fetch(`http://127.0.0.1:${api.port}/`);
    expect(response.status).toBe(426);
  });
});
