import type { TableDefinition } from '../../../support/in-process/table-definition.ts';
import { withFaultsCollected } from '../../convergence/support/checks/logged-faults.ts';
import { seeded, seedOf } from '../../convergence/support/seeded.ts';
import { History } from './history.ts';
import { type Answer, type RegionName, TwoRegions } from './two-regions.ts';

const userIds = ['ann', 'bob', 'cid', 'dan'] as const;
export const groupIds = ['lunch', 'rent', 'trip'] as const;
const usualActions = 60;
const maxPauseMs = 120;

interface Act {
  userId: string;
  groupId: string;
  number: number;
}

/** In which region somebody acts. */
export type Route = (act: Act, random: () => number) => RegionName;

export interface Played {
  world: TwoRegions;
  history: History;
  /** Goes on as before, in the regions of a route. */
  goOn(route: Route, actions?: number): Promise<void>;
}

/** Plays in virtual time; users send, read, retry, hand groups over, each a moment after the one before. */
export async function inTwoRegions<T>(
  seed: number,
  definition: TableDefinition,
  run: (played: Played) => Promise<T>,
  { mayFail = false } = {},
): Promise<T> {
  const world = new TwoRegions(seed, definition);
  const history = new History();
  const random = seeded(seedOf(seed, 'users'));
  let number = 0;
  const goOn = async (route: Route, actions = usualActions) => {
    const begun: Promise<void>[] = [];
    for (let i = 0; i < actions; i++) {
      const one = <X>(of: readonly X[]): X => of[Math.floor(random() * of.length)] as X;
      const act = { userId: one(userIds), groupId: one(groupIds), number: ++number };
      begun.push(actOf({ world, history, random, route }, act));
      await world.time.wait(Math.floor(random() * maxPauseMs));
    }
    await Promise.all(begun);
  };
  const whole = async () => {
    for (const groupId of groupIds) {
      const group = { groupId, name: groupId, memberIds: ['bob', 'cid', 'dan'] };
      await world.ask('east', 'ann', 'POST', '/groups', group);
    }
    await world.table.drained();
    const result = await run({ world, history, goOn });
    world.table.stop();
    return result;
  };
  const { value, errors } = await withFaultsCollected(() => world.time.pass(whole()));
  if (errors.length > 0 && !mayFail) throw new Error(`seed ${seed}: ${errors[0]}`);
  return value;
}

interface Scene {
  world: TwoRegions;
  history: History;
  random: () => number;
  route: Route;
}

async function actOf({ world, history, random, route }: Scene, act: Act): Promise<void> {
  const { userId, groupId, number } = act;
  const path = `/groups/${groupId}`;
  const ask = (method: string, to: string, body?: object): Promise<Answer> =>
    world.ask(route(act, random), userId, method, path + to, body);
  const chance = random();
  const message = { clientMessageId: `m-${number}`, content: `message ${number}` };
  const send = async () => {
    const { status, body } = await ask('POST', '/messages', message);
    if (status >= 300) return;
    history.sent.push({ message: { ...body.message, ...message }, at: world.time.now });
    if (body.message.clientMessageId !== message.clientMessageId) history.confirmedOthers += 1;
  };
  if (chance < 0.4) await send();
  // The answer was slow, and the client asked again.
  else if (chance < 0.5) await Promise.all([send(), send()]);
  else if (chance < 0.9) {
    const seen = await ask('GET', '/messages?limit=1');
    if (!(seen.body.lastSeq > 0)) return;
    const { status, body } = await ask('POST', '/read', { upTo: seen.body.lastSeq });
    if (status < 300) {
      history.marks.push({ userId, groupId, readSeq: body.readSeq, at: world.time.now });
    }
  } else {
    const next = userIds[Math.floor(random() * userIds.length)];
    await ask('PATCH', `/members/${next}`, { role: 'owner' });
  }
}
