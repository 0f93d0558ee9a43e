import type { SocketRoute } from '@seenby/protocol/client-frames.ts';
import { socketRoutes } from '@seenby/protocol/client-frames.ts';
import { type HttpRoute, httpRoutes } from '@seenby/protocol/http-requests.ts';
import { pick, seededRandom } from '../../../../demo/simulator/random.ts';
import { type Chooser, frames, httpCalls, type Person } from './calls.ts';
import { checkInvariants } from './check-invariants.ts';
import { checkTold } from './check-told.ts';
import type { Answer, Call, Raced, RaceWorld, Route } from './race-world.ts';
import { type Fault, Unanswered } from './racing-client.ts';
import { Scheduler } from './scheduler.ts';

const often = <T>(times: number, of: T): T[] => Array.from({ length: times }, () => of);

/** What only reads is chosen less often: it changes nothing for the others. */
const routes: Route[] = [
  ...httpRoutes.flatMap((route) => (route.startsWith('GET') ? [route] : [route, route, route])),
  ...socketRoutes,
  ...(['subscribe_group', 'disconnect'] as const),
];

const handOver = 'PATCH /groups/{groupId}/members/{userId}';
const settings = 'PATCH /groups/{groupId}';
const remove = 'DELETE /groups/{groupId}/members/{userId}';
const send = 'POST /groups/{groupId}/messages';
const deletion = 'DELETE /groups/{groupId}';

/** Requests that get in each other's way, some of them more often: those of most races are of one kind. */
const kinds: readonly Route[][] = [
  ['POST /groups'],
  [...often<Route>(5, handOver), remove, deletion, settings, 'POST /groups/{groupId}/members'],
  [...often<Route>(5, handOver), ...often<Route>(2, remove)],
  [...often<Route>(3, settings), remove],
  [
    ...often<Route>(4, send),
    'send_message',
    'DELETE /groups/{groupId}/messages/{seq}',
    remove,
    'mark_read',
  ],
  [
    'mark_read',
    'mark_delivered',
    'mark_unread',
    'POST /me/read',
    send,
    ...often<Route>(3, deletion),
  ],
  ['mark_played', 'mark_read', ...often<Route>(2, deletion)],
  ['subscribe_group', 'subscribe_group', 'unsubscribe_group', 'disconnect', 'disconnect', deletion],
];

/**
 * Two or three requests at once, their calls of DynamoDB taken in an order that the seed decides. In
 * every other race answers of DynamoDB are lost, and what failed for that is asked again.
 * @throws what does not hold afterwards, with all that was done.
 */
export async function race(world: RaceWorld, seed: number): Promise<void> {
  const random = seededRandom(seed);
  const groupId = `race-${seed}`;
  const chooser: Chooser = {
    one: (...of) => pick(random, of),
    ...{ groupId, newGroupId: `new-${seed}` },
  };
  await world.begin(groupId);
  await run(world, seed, chooser, random).finally(() => world.end(groupId, chooser.newGroupId));
}

async function run(
  world: RaceWorld,
  seed: number,
  chooser: Chooser,
  random: () => number,
): Promise<void> {
  const calls = chooseCalls(world, chooser, random);
  // The same request twice comes from two devices.
  const devices = calls.map((call, i) => ({
    call,
    device: `${call.by}-${seed}-${calls.indexOf(call) < i ? 2 : 1}`,
  }));
  const { connections } = world.service;
  for (const { call, device } of devices) {
    await connections.add({ userId: call.by, connectionId: device }, Number.MAX_SAFE_INTEGER);
  }
  const before = await world.stateOf(chooser.groupId);
  const scheduler = new Scheduler(random);
  const withFaults = seed % 2 === 0;
  const nextFault = (): Fault =>
    withFaults && random() < 0.15 ? chooser.one('repeated', 'unanswered', 'unreached') : 'none';
  const acts = devices.map(
    ({ call, device }) =>
      () =>
        call.make(device),
  );
  try {
    const outcomes = await world.during(scheduler, () =>
      world.client.during({ scheduler, nextFault }, () => scheduler.run(acts)),
    );
    const raced = outcomes.map((outcome, i) => toRaced(calls[i] as Call, outcome));
    // A client waits some seconds before it asks again.
    world.opened.time.now += 3000;
    const again: Raced[] = [];
    for (const [i, { call, answer }] of raced.entries()) {
      if (!answer) again.push({ call, answer: await call.make(devices[i]?.device ?? '') });
    }
    for (const { call, answer } of [...raced, ...again]) await finishErasure(call, answer);
    await checkTold(world, before, chooser.newGroupId, again);
    await checkInvariants(world, chooser, [...raced, ...again]);
  } catch (error) {
    const done = [...calls.map(({ name }, i) => `${i} = ${name}`), ...scheduler.steps];
    throw new Error(`seed ${seed}: ${(error as Error).message}\n${done.join('\n')}`, {
      cause: error,
    });
  }
}

/** It goes in steps: whoever asks for it asks again until nothing is left. */
async function finishErasure(call: Call, answer: Answer | undefined): Promise<void> {
  if (call.route !== 'DELETE /users/{userId}') return;
  let last = answer;
  while (last?.ok && (last.value as { remaining: number }).remaining > 0) {
    last = await call.make('none');
  }
}

function toRaced(call: Call, outcome: PromiseSettledResult<Answer>): Raced {
  if (outcome.status === 'fulfilled') return { call, answer: outcome.value };
  if (outcome.reason instanceof Unanswered) return { call };
  throw new Error(`${call.name} failed`, { cause: outcome.reason });
}

/** Every fourth time the same twice, as from two devices. */
function chooseCalls(world: RaceWorld, chooser: Chooser, random: () => number): Call[] {
  const calls: Call[] = [];
  const count = random() < 0.3 ? 3 : 2;
  const among = random() < 0.75 ? chooser.one(...kinds) : routes;
  while (calls.length < count) {
    const [first] = calls;
    const isAgain = first && random() < 0.25;
    calls.push(isAgain ? first : chooseCall(world, chooser, chooser.one(...among), first));
  }
  return calls;
}

/** Mostly those whose roles allow things, or whoever does something already. */
function chooseCaller({ one }: Chooser, route: Route, first: Call | undefined): Person {
  const others = first ? [first.by, first.by] : [];
  const anybody = one<Person>('ann', 'ann', 'bob', 'bob', 'cat', 'dan', 'eve', ...others);
  return route === deletion || route === handOver ? one('ann', 'ann', 'ann', anybody) : anybody;
}

function chooseCall(
  world: RaceWorld,
  chooser: Chooser,
  route: Route,
  first: Call | undefined,
): Call {
  const by = chooseCaller(chooser, route, first);
  if (route === 'disconnect') return disconnect(world, by);
  if (isHttp(route)) {
    const input = httpCalls[route](chooser);
    const name = `${by}: ${route} ${JSON.stringify(input)}`;
    return { name, by, route, input, make: () => world.http(by, route, input) };
  }
  const input = frames[route](chooser);
  const make = (connectionId: string) => world.frame({ userId: by, connectionId }, route, input);
  return { name: `${by}: ${route} ${JSON.stringify(input)}`, by, route, input, make };
}

function disconnect(world: RaceWorld, by: Person): Call {
  const make = async (connectionId: string): Promise<Answer> => {
    await world.service.connections.remove({ userId: by, connectionId });
    return { ok: true };
  };
  return { name: `${by} disconnects`, by, route: 'disconnect', input: {}, make };
}

const isHttp = (route: HttpRoute | SocketRoute): route is HttpRoute => route.includes(' ');
