import { socketRoutes } from '@seenby/protocol/client-frames.ts';
import { httpRoutes, splitRoute } from '@seenby/protocol/http-requests.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { breachesOfAnswer } from '../../support/wire/contract.ts';
import {
  askFrame,
  askRoute,
  expectedOfFrame,
  expectedOfRoute,
  isAboutGroup,
  verdictOf,
} from './support/ask-cell.ts';
import { type Answered, AttackedService } from './support/attacked-service.ts';
import { frameRules } from './support/frame-rules.ts';
import { leaksOf, leaksOfPushes, visibleSeqs } from './support/leaks.ts';
import { routeRules, type Verdict } from './support/route-rules.ts';
import { type Cell, cells, roleOf, type Setting } from './support/settings.ts';
import { shownReadings } from './support/shown-readings.ts';
import { buildWorld, userOf, type World } from './support/world.ts';

let attacked: AttackedService;
/** Groups that nobody has changed, by how they are set up. */
const worlds = new Map<Setting, World>();

beforeAll(async () => {
  // What the functions count, they log.
  vi.spyOn(console, 'info').mockImplementation(() => {});
  attacked = await AttackedService.open();
});
afterAll(() => vi.restoreAllMocks());

interface Outcome {
  world: World;
  userId: string | undefined;
  answered: Answered;
  verdict: Verdict;
  written: string[];
}

/** Asks as a caller, in a group as it was set up. */
async function askIn(
  { setting, caller }: Cell,
  ask: (world: World) => Promise<Answered>,
): Promise<Outcome> {
  const world = worlds.get(setting) ?? (await buildWorld(attacked, setting));
  worlds.set(setting, world);
  attacked.written();
  attacked.told.length = 0;
  const answered = await ask(world);
  const written = attacked.written();
  if (written.some((key) => changesGroup(key, world))) worlds.delete(setting);
  return { world, userId: userOf(world, caller), answered, verdict: verdictOf(answered), written };
}

/** Profiles and other groups make no difference to it. */
const changesGroup = (key: string, { groupId }: World): boolean =>
  key.includes(groupId) || key.endsWith(' SETTINGS');

/** What is wrong with an outcome, whatever was asked. */
function faultsOf(expected: Verdict, { world, userId, answered, verdict, written }: Outcome) {
  const faults = verdict === expected ? [] : [`${verdict} instead of ${expected}`];
  if (verdict !== 'ok') faults.push(...written.map((key) => `refused, and wrote ${key}`));
  if (userId !== undefined) faults.push(...leaksOf(world, userId, answered));
  return [...faults, ...leaksOfPushes(world, attacked.told)];
}

const named = ({ setting, caller }: Cell, faults: string[]) =>
  faults.map((fault) => `${setting.title}, ${caller}: ${fault}`);

const strangers = cells.filter(({ caller }) => !roleOf(caller) && caller !== 'service');

/** [SE2] The same of a group that is not there: in words, and in what it reads. */
async function differencesFromNothing(
  world: World,
  ask: (world: World) => Promise<Answered>,
): Promise<string[]> {
  const nothing = { ...world, groupId: 'no-group' };
  const asked: unknown[] = [];
  for (const where of [nothing, world, nothing]) {
    attacked.units.reset();
    const answered = await ask(where);
    const { read, requests } = attacked.units;
    const text = JSON.stringify(answered)
      .replaceAll(where.groupId, 'the group')
      .replace(/,"timestamp":\d+/, '');
    asked.push(JSON.stringify([text, read, requests]));
  }
  // The first one is of who has used nothing of a budget yet, which may cost another write.
  return asked[1] === asked[2] ? [] : [`${asked[1]} instead of ${asked[2]}`];
}

it('[SE1] every route and every frame has a rule', () => {
  expect(Object.keys(routeRules).sort()).toEqual([...httpRoutes].sort());
  expect(Object.keys(frameRules).sort()).toEqual([...socketRoutes].sort());
  expect(cells.length * (httpRoutes.length + socketRoutes.length)).toBeGreaterThan(4000);
});

describe('[SE1] [TR5] [TR6] who calls what, and what it tells and writes', () => {
  it.each(httpRoutes)('%s', async (route) => {
    const faults: string[] = [];
    const { method, path } = splitRoute(route);
    for (const cell of cells) {
      const expected = expectedOfRoute(route, cell);
      const outcome = await askIn(cell, (world) => askRoute(attacked, route, world, cell.caller));
      const { status, body } = outcome.answered;
      const answer = { method, path: path.replaceAll(/\{\w+\}/g, 'x'), status, body };
      const { length } = outcome.written;
      const { writes } = routeRules[route];
      faults.push(...named(cell, [...faultsOf(expected, outcome), ...breachesOfAnswer(answer)]));
      if (expected === 'ok' && writes && length === 0) faults.push('a write that wrote nothing');
      if (method === 'GET' && length > 0) faults.push('a question that wrote something');
    }
    expect(faults).toEqual([]);
  });

  it.each(socketRoutes)('%s', async (type) => {
    const faults: string[] = [];
    for (const cell of cells.filter(({ caller }) => !caller.startsWith('service'))) {
      const outcome = await askIn(cell, (world) => askFrame(attacked, type, world, cell.caller));
      faults.push(...named(cell, faultsOf(expectedOfFrame(type, cell), outcome)));
    }
    expect(faults).toEqual([]);
  });
});

describe('[SE2] a group of others is one that is not there, in words and in reads', () => {
  it.each(httpRoutes.filter(isAboutGroup))('%s', async (route) => {
    const faults: string[] = [];
    for (const cell of strangers) {
      const ask = (world: World) => askRoute(attacked, route, world, cell.caller);
      const { world } = await askIn(cell, ask);
      faults.push(...named(cell, await differencesFromNothing(world, ask)));
    }
    expect(faults).toEqual([]);
  });

  it.each(socketRoutes)('%s', async (type) => {
    const faults: string[] = [];
    for (const cell of strangers) {
      const ask = (world: World) => askFrame(attacked, type, world, cell.caller);
      const { world } = await askIn(cell, ask);
      faults.push(...named(cell, await differencesFromNothing(world, ask)));
    }
    expect(faults).toEqual([]);
  });
});

it('[TR1] [TR3] history has the counts of exactly the messages whose receipts are the caller’s to see', async () => {
  let compared = 0;
  for (const cell of cells.filter(({ caller }) => roleOf(caller))) {
    const outcome = await askIn(cell, (world) =>
      askRoute(attacked, 'GET /groups/{groupId}/messages', world, cell.caller),
    );
    const { world, userId = '', answered } = outcome;
    const { counts } = shownReadings(answered.body, Number.POSITIVE_INFINITY);
    const shown = [cell.setting.title, cell.caller, ...[...counts.keys()].sort()];
    expect(shown).toEqual([cell.setting.title, cell.caller, ...visibleSeqs(world, userId)]);
    compared += counts.size;
  }
  expect(compared).toBeGreaterThan(50);
});
