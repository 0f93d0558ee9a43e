import { statusOfCode } from '@seenby/protocol/errors.ts';
import { splitRoute } from '@seenby/protocol/http-requests.ts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CallGenerator, type GeneratedCall } from '../../support/attacks/generate-call.ts';
import type { Known } from '../../support/attacks/generate-value.ts';
import { RandomSource } from '../../support/attacks/random-source.ts';
import { usually } from '../../support/nightly.ts';
import { breachesOfAnswer, breachesOfFrame } from '../../support/wire/contract.ts';
import { verdictOf } from './support/ask-cell.ts';
import { type Answered, AttackedService } from './support/attacked-service.ts';
import { settings } from './support/settings.ts';
import { buildWorld, type World } from './support/world.ts';

const seed = Number(process.env.SEENBY_ATTACK_SEED ?? 20_261_127);
const calls = Number(process.env.SEENBY_ATTACK_CALLS ?? usually(100_000, { nightly: 1_000_000 }));
/** So many calls are about the caller's own group: of a member's calls more goes through than of a stranger's. */
const withinGroup = 0.4;
/** Groups are deleted, and roles handed over, by calls that happen to be right. */
const callsPerWorld = 5000;
const betweenCallsMs = 100;

let logged: unknown[] = [];

beforeEach(() => {
  logged = [];
  vi.spyOn(console, 'info').mockImplementation(() => {});
  for (const level of ['error', 'warn'] as const) {
    vi.spyOn(console, level).mockImplementation((line) => void logged.push(line));
  }
});
afterEach(() => vi.restoreAllMocks());

const random = new RandomSource(seed);
const outcomes = new Map<string, number>();

async function newWorlds(attacked: AttackedService): Promise<World[]> {
  const chosen = settings.filter(({ moreMembers }) => moreMembers === 0);
  const worlds: World[] = [];
  for (const setting of chosen) worlds.push(await buildWorld(attacked, setting));
  return worlds;
}

function knownOf(worlds: readonly World[], cursors: string[]): Known {
  return {
    groupIds: worlds.map(({ groupId }) => groupId),
    userIds: worlds.flatMap(({ cast }) => Object.values(cast) as string[]),
    maxSeq: 5,
    cursors,
  };
}

function answer(attacked: AttackedService, known: Known, call: GeneratedCall): Promise<Answered> {
  const userId = random.pick(known.userIds);
  if ('text' in call) return attacked.frame(userId, call.text);
  const backend = { actAs: random.chance(0.5) ? userId : undefined };
  return attacked.request(random.chance(0.1) ? backend : { userId }, call.route, call.raw);
}

/** What is wrong with an answer, whatever was asked. */
function faultsOf(call: GeneratedCall, answered: Answered, written: readonly string[]): string[] {
  const code = verdictOf(answered);
  const isRefused = 'text' in call ? isAllErrors(answered) : answered.status >= 300;
  outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
  const faults = logged.map((line) => `logged ${JSON.stringify(line)}`);
  if (code === 'INTERNAL' || !(code === 'ok' || code in statusOfCode)) faults.push(code);
  if (isRefused) faults.push(...written.map((key) => `refused, and wrote ${key}`));
  return [...faults, ...breachesOf(call, answered)];
}

const isAllErrors = ({ body }: Answered): boolean => {
  const replies = body as { type: string }[];
  return replies.length > 0 && replies.every(({ type }) => type.endsWith('error'));
};

function breachesOf(call: GeneratedCall, { status, body }: Answered): string[] {
  if ('text' in call) {
    return (body as object[]).flatMap((reply) => breachesOfFrame(reply));
  }
  const { method, path } = splitRoute(call.route);
  return breachesOfAnswer({ method, path: path.replaceAll(/\{\w+\}/g, 'x'), status, body });
}

/** Cursors and sync tokens come back, from whoever got them and from others. */
function keepCursor({ body }: Answered, cursors: string[]): void {
  const { next } = body as { next?: unknown };
  if (typeof next !== 'string') return;
  cursors.push(next);
  if (cursors.length > 50) cursors.shift();
}

it(`[SE4] [FA3] ${calls} generated calls of seed ${seed} (SEENBY_ATTACK_SEED, SEENBY_ATTACK_CALLS): documented answers alone, nothing logged, nothing written by what is refused`, async () => {
  const attacked = await AttackedService.open();
  const cursors: string[] = [];
  let ofGroups: Known[] = [];
  let ofAll = knownOf([], cursors);
  for (let i = 0; i < calls; i++) {
    if (i % callsPerWorld === 0) {
      const worlds = await newWorlds(attacked);
      ofGroups = worlds.map((world) => knownOf([world], cursors));
      ofAll = knownOf(worlds, cursors);
      attacked.written();
    }
    const known = random.chance(withinGroup) ? random.pick(ofGroups) : ofAll;
    const generator = new CallGenerator(random, known);
    const call = random.chance(0.5) ? generator.frame() : generator.request();
    const answered = await answer(attacked, known, call);
    const faults = faultsOf(call, answered, attacked.written());
    const shown = () => `call ${i}: ${JSON.stringify(call).slice(0, 2000)}`;
    if (faults.length > 0) expect(faults, shown()).toEqual([]);
    keepCursor(answered, cursors);
    attacked.time.now += betweenCallsMs;
    attacked.told.length = 0;
  }
  console.log(outcomes);
  // A generator that makes nothing but nonsense, or nothing wrong, would show little.
  for (const code of [
    'ok',
    'BAD_REQUEST',
    'NOT_FOUND',
    'FORBIDDEN',
    'TOO_MANY',
    'CONFLICT',
  ] as const) {
    expect([code, (outcomes.get(code) ?? 0) > calls / 5000]).toEqual([code, true]);
  }
});
