import { afterEach, expect, it } from 'vitest';
import type { SeenEvent } from '../fake-functions.ts';
import { allow, Client, eventually, startSocketApi } from './socket-api-server.ts';

let api: Awaited<ReturnType<typeof startSocketApi>>;
afterEach(async () => {
  await api.stop();
  expect(api.faults).toEqual([]);
});

const nameIn = (event: SeenEvent) =>
  (event as SeenEvent & { queryStringParameters: { name: string } }).queryStringParameters.name;

/** One change of a connection at a time. The authorizer keeps the first caller until `letPass`. */
async function start(draws: number[] = []) {
  const first = Promise.withResolvers<object>();
  const Guard = (event: SeenEvent) => (nameIn(event) === 'first' ? first.promise : allow());
  api = await startSocketApi({
    ...{ handlers: { Guard }, changesAtOnce: 1 },
    random: () => draws.shift() ?? 0,
  });
  return { letPass: () => first.resolve(allow()) };
}

/** Asks for an upgrade; resolves once the API has been asked. */
async function call(name: string) {
  const before = api.callers.length;
  const client = new Client(`${api.url}/?name=${name}`);
  const opened = client.open();
  opened.catch(() => {}); // not every test waits for it
  await eventually(() => api.callers.length).toBe(before + 1);
  return { client, opened };
}

const open = (name: string) => new Client(`${api.url}/?name=${name}`).open();

/** Closes the connection of the nth upgrade; resolves once the API knows. */
async function close(client: Client, index: number): Promise<void> {
  client.socket.close(4000 + index);
  await eventually(() => api.callers[index]?.closed).toBe(true);
}

const asked = () =>
  api.events.flatMap(({ functionId, event }) => (functionId === 'Guard' ? [nameIn(event)] : []));
const called = () => api.events.map(({ functionId }) => functionId);

it('draws which of the upgrades that wait is next', async () => {
  const { letPass } = await start([0.5, 0.99]);
  const names = ['first', 'second', 'third', 'fourth'];
  const calls: Awaited<ReturnType<typeof call>>[] = [];
  for (const name of names) calls.push(await call(name));
  letPass();
  await Promise.all(calls.map(({ opened }) => opened));
  expect(asked()).toEqual(['first', 'third', 'fourth', 'second']);
});

it.each([
  ['ends', (client: Client) => client.socket.close()],
  ['breaks', (client: Client) => client.socket.terminate()],
])('calls no function for an upgrade whose socket %s while it waits', async (_, hangUp) => {
  const { letPass } = await start();
  const first = await call('first');
  const second = await call('second');
  const third = await call('third');
  hangUp(second.client);
  await eventually(() => api.callers[1]?.closed).toBe(true);
  letPass();
  await Promise.all([first.opened, third.opened]);
  expect(asked()).toEqual(['first', 'third']);
});

it('tells of ends once no upgrade waits, the oldest first', async () => {
  const { letPass } = await start();
  const before = [await open('before-1'), await open('before-2')];
  const first = await call('first');
  for (const [i, client] of before.entries()) await close(client, i);
  const second = await call('second');
  letPass();
  await Promise.all([first.opened, second.opened]);
  await eventually(() => called().slice(4)).toEqual([
    ...['Guard', 'Connect', 'Guard', 'Connect'],
    ...['Disconnect', 'Disconnect'],
  ]);
  expect(
    [0, 1].map((i) => api.eventOf('Disconnect', i).requestContext.disconnectStatusCode),
  ).toEqual([4000, 4001]);
});

it('calls no function any more for what waits when it stops', async () => {
  const { letPass } = await start();
  const before = await open('before');
  await call('first');
  await close(before, 0);
  const second = await call('second');
  api.sockets.stop();
  letPass();
  expect(await second.client.closed).toBe(1006);
  expect(called()).toEqual(['Guard', 'Connect', 'Guard', 'Connect']);
});
