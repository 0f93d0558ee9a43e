import { afterEach, describe, expect, it } from 'vitest';
import type { SeenEvent } from '../fake-functions.ts';
import { socketApi } from '../fixture-template.ts';
import { Client, eventually, startSocketApi } from './socket-api-server.ts';

let api: Awaited<ReturnType<typeof startSocketApi>>;
afterEach(async () => {
  await api.stop();
  expect(api.faults).toEqual([]);
});

async function start(options: Parameters<typeof startSocketApi>[0] = {}) {
  api = await startSocketApi(options);
  return new Client(api.url).open();
}

const eventsOf = (functionId: string) =>
  api.events.filter((entry) => entry.functionId === functionId).map(({ event }) => event);

describe('routes', () => {
  it.each([
    ['{"type":"hello"}', 'Hello', 'hello'],
    ['{"type":"unknown"}', 'Default', '$default'],
    ['{"type":"$disconnect"}', 'Default', '$default'],
    ['{"type":{"hello":1}}', 'Default', '$default'],
    ['{"type":null}', 'Default', '$default'],
    ['{"other":"hello"}', 'Default', '$default'],
    ['"hello"', 'Default', '$default'],
    ['not json', 'Default', '$default'],
    ['', 'Default', '$default'],
  ])('%s goes to %s', async (text, functionId, routeKey) => {
    const client = await start();
    client.send(text);
    await eventually(() => api.events.length).toBe(3);
    expect(api.events[2]?.functionId).toBe(functionId);
    const event = api.eventOf(functionId);
    expect(event).toMatchObject({
      body: text,
      isBase64Encoded: false,
      requestContext: { routeKey, eventType: 'MESSAGE', messageDirection: 'IN' },
    });
    expect(event.requestContext.messageId).toMatch(/=$/);
    for (const field of ['headers', 'multiValueHeaders', 'queryStringParameters']) {
      expect(event).not.toHaveProperty(field);
    }
    const connected = api.eventOf('Connect').requestContext;
    expect(event.requestContext.connectionId).toBe(connected.connectionId);
    expect(event.requestContext.connectedAt).toBe(connected.connectedAt);
  });

  it('answers Forbidden when there is no $default', async () => {
    const { $connect, hello } = socketApi.routes;
    const client = await start({ api: { ...socketApi, routes: { $connect, hello } } });
    client.send({ type: 'other' });
    expect(await client.nextJson()).toMatchObject({ message: 'Forbidden' });
  });

  it('sends a returned body back only where the route has a response', async () => {
    const reply = (event: SeenEvent) => ({ statusCode: 200, body: `got ${event.body}` });
    const client = await start({ handlers: { Hello: reply, Echo: reply } });
    client.send({ type: 'hello' });
    await eventually(() => eventsOf('Hello').length).toBe(1);
    client.send({ type: 'echo' });
    expect(await client.next()).toBe('got {"type":"echo"}');
  });

  it.each([
    ['hello', () => Promise.reject(new Error('secret'))],
    ['echo', () => 'no proxy response'],
  ])('a failed integration of %s answers with AWS’s error frame', async (type, handler) => {
    const client = await start({ handlers: { Hello: handler, Echo: handler } });
    client.send({ type });
    const frame = await client.nextJson();
    const { connectionId, requestId } = api.events[2]?.event.requestContext ?? {};
    expect(frame).toEqual({ message: 'Internal server error', connectionId, requestId });
  });

  it('frames of one connection run concurrently', async () => {
    const first = Promise.withResolvers<void>();
    const client = await start({
      handlers: {
        async Echo({ body }: SeenEvent) {
          const { n } = JSON.parse(body);
          if (n === 1) await first.promise;
          return { statusCode: 200, body: String(n) };
        },
      },
    });
    client.send({ type: 'echo', n: 1 });
    client.send({ type: 'echo', n: 2 });
    expect(await client.next()).toBe('2');
    first.resolve();
    expect(await client.next()).toBe('1');
  });
});

describe('$disconnect', () => {
  it('tells code and reason', async () => {
    const client = await start();
    client.socket.close(4001, 'bye');
    await eventually(() => eventsOf('Disconnect').length).toBe(1);
    const event = api.eventOf('Disconnect');
    expect(event.requestContext).toMatchObject({
      routeKey: '$disconnect',
      eventType: 'DISCONNECT',
      disconnectStatusCode: 4001,
      disconnectReason: 'bye',
      connectionId: api.eventOf('Connect').requestContext.connectionId,
    });
  });

  it('comes after a connection that broke', async () => {
    const client = await start();
    client.socket.terminate();
    await eventually(() => eventsOf('Disconnect')[0]?.requestContext.disconnectStatusCode).toBe(
      1006,
    );
  });
});

describe('limits', () => {
  const kilobyte = 1024;

  it('a frame of 32 KB passes', async () => {
    const client = await start();
    client.send('x'.repeat(32 * kilobyte));
    await eventually(() => eventsOf('Default').length).toBe(1);
  });

  it('a frame over 32 KB closes 1009 and reaches no function', async () => {
    const client = await start();
    client.send('x'.repeat(32 * kilobyte + 1));
    expect(await client.closed).toBe(1009);
    expect(eventsOf('Default')).toEqual([]);
  });

  it('a message of 128 KB in frames of 32 KB passes; one byte more closes 1009', async () => {
    const client = await start();
    const part = 'x'.repeat(32 * kilobyte);
    const sendFourParts = (isLast: boolean) => {
      for (const index of [1, 2, 3, 4]) client.socket.send(part, { fin: isLast && index === 4 });
    };
    sendFourParts(true);
    await eventually(() => eventsOf('Default')[0]?.body.length).toBe(128 * kilobyte);
    sendFourParts(false);
    client.socket.send('x', { fin: true });
    expect(await client.closed).toBe(1009);
    expect(eventsOf('Default')).toHaveLength(1);
  });

  it('binary closes 1003', async () => {
    const client = await start();
    client.socket.send(Buffer.from('{"type":"hello"}'));
    expect(await client.closed).toBe(1003);
    expect(eventsOf('Hello')).toEqual([]);
  });

  it('ten idle minutes close 1001; a frame begins them anew', async () => {
    const client = await start();
    api.clock.advance(9 * 60_000);
    client.send({ type: 'hello' });
    await eventually(() => eventsOf('Hello').length).toBe(1);
    api.clock.advance(9 * 60_000);
    client.send({ type: 'hello' });
    await eventually(() => eventsOf('Hello').length).toBe(2);
    api.clock.advance(10 * 60_000);
    expect(await client.closed).toBe(1001);
  });

  it('two hours close 1001, however busy', async () => {
    const client = await start();
    for (let minutes = 5; minutes < 120; minutes += 5) {
      api.clock.advance(5 * 60_000);
      client.send({ type: 'hello' });
      await eventually(() => eventsOf('Hello').length).toBe(minutes / 5);
    }
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    api.clock.advance(5 * 60_000);
    expect(await client.closed).toBe(1001);
    await eventually(() => api.clock.pendingTimers).toBe(0);
  });
});

it('counts frames and bytes per connection', async () => {
  const client = await start({ handlers: { Echo: () => ({ statusCode: 200, body: 'four' }) } });
  client.send({ type: 'echo' });
  await client.next();
  const { connectionId } = api.eventOf('Connect').requestContext;
  const counts = { framesIn: 1, framesOut: 1, bytesIn: 15, bytesOut: 4 };
  expect(api.sockets.frames.of(connectionId)).toEqual(counts);
  expect(api.sockets.frames.total()).toEqual(counts);
});
