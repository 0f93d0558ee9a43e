import type { SeenbyClient } from '../client/index.ts';
import type { Clock } from './clock.ts';
import { type Account, type Cloud, openClient } from './cloud.ts';
import type { Random } from './random.ts';

/** What everything of the simulator is given: where it plays, the time, and chance. */
export interface Stage {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly random: Random;
}

export const clientOf = ({ cloud, clock, random }: Stage, account: Account): SeenbyClient =>
  openClient(cloud, account, { now: clock.now, after: clock.after, random });
