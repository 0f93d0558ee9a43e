import { type SocketRoute, socketRoutes } from '@seenby/protocol/client-frames.ts';
import type { Problem } from '@seenby/protocol/errors.ts';
import { type HttpRoute, httpRoutes, isForServices } from '@seenby/protocol/http-requests.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Budget, budgets } from '../../../functions/limits/budget.ts';
import { frameBudgets } from '../../../functions/limits/frame-budgets.ts';
import { requestBudgets } from '../../../functions/limits/request-budgets.ts';
import { overBudget } from '../../../functions/runtime/refusals.ts';
import { serviceItself } from '../../../functions/service/service.ts';
import { askFrame, askRoute, verdictOf } from './support/ask-cell.ts';
import { type Answered, AttackedService } from './support/attacked-service.ts';
import { settings } from './support/settings.ts';
import { buildWorld, type World } from './support/world.ts';

let attacked: AttackedService;

beforeAll(async () => {
  // What the functions count, they log.
  vi.spyOn(console, 'info').mockImplementation(() => {});
  attacked = await AttackedService.open();
});
afterAll(() => vi.restoreAllMocks());

interface Call {
  budget: Budget;
  /** Whose budget it is. */
  userId: (world: World) => string;
  ask: (world: World) => Promise<Answered>;
  /** The same by somebody else in the group. */
  askOther: (world: World) => Promise<Answered>;
}

const callOfRoute = (route: HttpRoute): Call => {
  const isAlone = isForServices(route) === 'alone';
  return {
    budget: requestBudgets[route],
    userId: ({ cast }) => (isAlone ? serviceItself.userId : cast.owner),
    ask: (world) => askRoute(attacked, route, world, isAlone ? 'service' : 'owner'),
    askOther: (world) => askRoute(attacked, route, world, 'admin'),
  };
};

const callOfFrame = (type: SocketRoute): Call => ({
  budget: frameBudgets[type].budget,
  userId: ({ cast }) => cast.owner,
  ask: (world) => askFrame(attacked, type, world, 'owner'),
  askOther: (world) => askFrame(attacked, type, world, 'admin'),
});

/** Until then every budget that making a group took from is whole again. */
const laterMs = 6 * 3_600_000;

async function newWorld(): Promise<World> {
  const [setting] = settings;
  if (!setting) throw new Error('no setting');
  const world = await buildWorld(attacked, setting);
  attacked.time.now += laterMs;
  return world;
}

interface Refused extends Partial<Problem> {
  error?: Problem;
}

const problemIn = ({ body }: Answered): Partial<Problem> => {
  const [reply] = [body].flat() as Refused[];
  return reply?.error ?? reply ?? {};
};

/** Not the one of a member's actions in a group, nor that of reminders of a message: those have rules of their own. */
const { message: overBudgetMessage } = overBudget(0).problem;
const isOverBudget = (answered: Answered): boolean =>
  verdictOf(answered) === 'RATE_LIMITED' && problemIn(answered).message === overBudgetMessage;

/** Leaves so much of a user's budget. */
async function leave(left: number, { budget, userId }: Call, world: World): Promise<void> {
  const { service } = attacked.parts;
  const taken = await service.budgets.take(userId(world), budget, budget.rate.burst - left);
  expect(taken.outcome).toBe('allowed');
}

/** One call is within the budget, the next is not, says until when, writes nothing and is nobody else's loss. */
async function expectSpent(call: Call): Promise<void> {
  const world = await newWorld();
  await leave(1, call, world);
  expect(isOverBudget(await call.ask(world))).toBe(false);
  attacked.written();
  const refused = await call.ask(world);
  expect(isOverBudget(refused)).toBe(true);
  const { retryAfterMs } = problemIn(refused);
  expect(retryAfterMs).toBe(call.budget.rate.everyMs);
  expect(attacked.written()).toEqual([]);
  expect(isOverBudget(await call.askOther(world))).toBe(false);
  attacked.time.now += Number(retryAfterMs);
  expect(isOverBudget(await call.ask(world))).toBe(false);
}

describe('[SE9] over its budget it is refused, until it says, and nobody else is', () => {
  it.each(httpRoutes)('%s', (route) => expectSpent(callOfRoute(route)));

  it.each(socketRoutes.filter((type) => !frameBudgets[type].isSilent))('%s', (type) =>
    expectSpent(callOfFrame(type)),
  );

  it('typing, in silence', async () => {
    const world = await newWorld();
    const call = callOfFrame('typing');
    await leave(1, call, world);
    attacked.told.length = 0;
    expect(verdictOf(await call.ask(world))).toBe('ok');
    expect(attacked.told.length).toBeGreaterThan(0);
    attacked.time.now += budgets.typingInGroup.rate.everyMs;
    await attacked.parts.service.budgets.take(call.userId(world), call.budget, 3);
    attacked.told.length = 0;
    expect((await call.ask(world)).body).toEqual([]);
    expect(attacked.told).toEqual([]);
  });

  it('marking from far back as unread, counted in messages', async () => {
    const world = await newWorld();
    const { service } = attacked.parts;
    for (let i = 0; i < 100; i++) {
      await askFrame(attacked, 'send_message', world, 'member');
      attacked.time.now += 600;
    }
    const { rate } = budgets.unread;
    await service.budgets.take(world.cast.owner, budgets.unread, rate.burst - 50);
    attacked.written();
    const refused = await askFrame(attacked, 'mark_unread', world, 'owner');
    expect(isOverBudget(refused)).toBe(true);
    expect(problemIn(refused).retryAfterMs).toBeGreaterThan(0);
    expect(attacked.written()).toEqual([]);
    expect(verdictOf(await askFrame(attacked, 'mark_unread', world, 'admin'))).toBe('ok');
  });

  it('a message that was sent before: it is answered, and told to nobody again', async () => {
    const world = await newWorld();
    const { groupId, cast } = world;
    const sent = { type: 'send_message', groupId, clientMessageId: 'again', content: 'Hello' };
    const send = () => attacked.frame(cast.member, JSON.stringify(sent));
    const sentAs = ({ body }: Answered) =>
      (body as { message?: unknown }[]).map((reply) => reply.message);
    const first = sentAs(await send());
    let toldAgain = 0;
    for (let i = 0; i < budgets.repeatedPushes.rate.burst + 5; i++) {
      attacked.told.length = 0;
      attacked.time.now += 600;
      expect(sentAs(await send())).toEqual(first);
      if (attacked.told.length > 0) toldAgain += 1;
    }
    expect(toldAgain).toBeGreaterThan(0);
    expect(toldAgain).toBeLessThanOrEqual(budgets.repeatedPushes.rate.burst + 1);
  });
});

const [inGroup, ofDirectChat] = ['receipts, members', 'direct, the owner opted out'].map((title) =>
  settings.find((setting) => setting.title === title),
);

describe('[SE9] what reaches others has a budget that is the same in every sandbox', () => {
  it.each(httpRoutes.filter((route) => isForServices(route) !== 'alone'))('%s', async (route) => {
    for (const setting of [inGroup, ofDirectChat]) {
      if (!setting) throw new Error('no setting');
      const world = await buildWorld(attacked, setting);
      attacked.told.length = 0;
      await askRoute(attacked, route, world, 'owner');
      const told = attacked.told.filter(({ userId }) => userId !== world.cast.owner);
      const budget = requestBudgets[route];
      // Actions have another one in the member's row.
      const isShared = budget.kept === 'stored' || budget === budgets.actions;
      expect([route, told.length > 0 && !isShared]).toEqual([route, false]);
    }
  });
});

it('[SE9] every budget is one of a route or a frame, or has a test of its own', () => {
  const ofCalls = [...httpRoutes.map(callOfRoute), ...socketRoutes.map(callOfFrame)];
  const others = Object.entries(budgets)
    .filter(([, budget]) => !ofCalls.some((call) => call.budget === budget))
    .map(([name]) => name);
  // Above, in test/service/limits, and `connect` in test/conformance/attacks.
  expect(others).toEqual([
    ...['repeatedPushes', 'unreadable', 'typingInGroup', 'connect', 'unread'],
    ...['additions', 'additionsOfOne'],
  ]);
});
