import type { TableDefinition } from '../../test/support/in-process/table-definition.ts';
import { VirtualTime } from '../../test/support/time/virtual-time.ts';
import { type Act, groupId, type Traffic } from './acts.ts';
import { quietly } from './quietly.ts';
import { SeenbyStack } from './seenby-stack.ts';
import type { Used } from './used.ts';

/** After this nothing is left to be pushed or recorded. */
const settleMs = 900_000;

/** Plays some traffic against the service's own code in virtual time, and adds up what it takes. */
export function playSeenby(definition: TableDefinition, traffic: Traffic): Promise<Used> {
  const time = new VirtualTime(traffic.acts[0]?.at ?? 0);
  return quietly(() => time.pass(play(time, new SeenbyStack(time, definition), traffic)));
}

async function play(time: VirtualTime, stack: SeenbyStack, traffic: Traffic): Promise<Used> {
  const startedAt = time.now;
  time.now -= 2 * settleMs;
  await stack.createGroup(traffic);
  await time.wait(settleMs);
  await stack.startMeasuring();
  time.now = startedAt;
  const underWay: Promise<unknown>[] = [];
  for (const act of traffic.acts) {
    if (act.at > time.now) await time.wait(act.at - time.now);
    underWay.push(carryOut(stack, act));
  }
  await Promise.all(underWay);
  await time.wait(settleMs);
  const used = await stack.used();
  await stack.check(traffic);
  return used;
}

function carryOut(stack: SeenbyStack, act: Act): Promise<unknown> {
  const { by } = act;
  if (act.do === 'come') return stack.connect(by);
  if (act.do === 'leave') return stack.disconnect(by);
  if (act.do === 'send') return stack.send(by);
  return stack.tell(by, frameOf(act));
}

const group = { groupId };

function frameOf(act: Act): object {
  switch (act.do) {
    case 'read':
      return { type: 'mark_read', ...group, upTo: act.upTo };
    case 'deliver':
      return { type: 'mark_delivered', ...group, upTo: act.upTo, confirm: false };
    case 'open':
      return { type: 'subscribe_group', ...group };
    default:
      return { type: 'unsubscribe_group', ...group };
  }
}
