import type { TableDefinition } from '../../../support/in-process/table-definition.ts';
import { VirtualTime } from '../../../support/time/virtual-time.ts';
import { checkBadges } from './checks/check-badges.ts';
import { checkDeliveries } from './checks/check-deliveries.ts';
import { checkReminders } from './checks/check-reminders.ts';
import { checkSends } from './checks/check-sends.ts';
import { compare } from './checks/compare.ts';
import { withFaultsCollected } from './checks/logged-faults.ts';
import { Watch } from './checks/watch.ts';
import { isNotYet } from './not-yet.ts';
import { act } from './people/actions.ts';
import type { Page } from './people/page.ts';
import { World } from './people/world.ts';
import { seeded } from './seeded.ts';
import type { Difference, Fault, Story } from './story.ts';

const minutes = 60_000;
/** By then everything that is looked at has to be right. */
const settleMs = { calm: minutes / 2, rough: 12 * minutes, long: minutes };
const quietMs = 35_000;
const lookMs = 8000;

export interface Ended {
  /** Empty when all is well. */
  differences: Difference[];
  /** The faults that the network had. */
  faults: Record<string, Fault>;
  compared: number;
}

/** Plays a story in virtual time, and compares what everybody shows at its end with the truth. */
export async function runStory(story: Story, table: TableDefinition): Promise<Ended> {
  const time = new VirtualTime(undefined, seeded(story.seed));
  const watch = new Watch();
  const world = new World(time, story, table, (page) => watch.look(page));
  const { value, errors } = await withFaultsCollected(() => time.pass(play(world, story, watch)));
  const logged = [...new Set(errors)].map((error) => ({
    ...{ property: 'error line', where: 'the log', shown: error, expected: undefined },
  }));
  return {
    ...value,
    differences: [...logged, ...value.differences].filter(({ property }) => !isNotYet(property)),
    faults: world.faults.applied,
  };
}

async function play(world: World, story: Story, watch: Watch): Promise<Omit<Ended, 'faults'>> {
  const { time } = world;
  const startedAt = time.now;
  const pending = new Map<string, Page | undefined>();
  for (const step of story.steps) {
    await time.wait(Math.max(0, startedAt + step.at - time.now));
    const name = `${step.by} ${step.do} at ${step.at}`;
    const settled = () => pending.delete(name);
    // What the service refuses is refused; only that it never answers is wrong.
    act(world, step).then(settled, settled);
    pending.set(name, world.tab(step.by).page);
  }
  await time.wait(1000);
  world.heal();
  // A dead connection is noticed when somebody looks after half a minute of silence.
  await time.wait(quietMs);
  for (const { page } of world.tabs) page?.tell('visible');
  if (story.weather === 'long') world.reconnect();
  await time.wait(settleMs[story.weather]);
  const differences: Difference[] = [...watch.found];
  for (const [step, page] of pending) {
    if (!page || page.isGone) continue;
    differences.push({ property: 'never settled', where: step, shown: 'pending', expected: '' });
  }
  const ended = await compareAll(world, story);
  return { ...ended, differences: [...differences, ...ended.differences] };
}

async function compareAll(world: World, story: Story): Promise<Omit<Ended, 'faults'>> {
  const groupIds = [...new Set(story.steps.flatMap(({ group }) => group ?? []))];
  const differences = await checkDeliveries(world, groupIds);
  let compared = 0;
  for (const userId of new Set(world.tabs.map((tab) => tab.userId))) {
    const fresh = world.tab(`${userId}.fresh.1`);
    await fresh.load();
    for (const { groupId } of fresh.client?.groups() ?? []) void fresh.open(groupId);
    await world.time.wait(lookMs);
    if (!fresh.client) continue;
    for (const tab of world.tabs.filter((each) => each.userId === userId && each !== fresh)) {
      const found = compare(tab, fresh, fresh.client, groupIds, story.weather);
      differences.push(...found.differences);
      compared += found.compared;
    }
    differences.push(...checkSends(world, userId, fresh.client));
    differences.push(...checkBadges(world, story, userId, fresh.client));
  }
  differences.push(...(await checkReminders(world, story)));
  for (const tab of world.tabs) tab.close('crash');
  return { differences, compared };
}
