import type { SeenbyClient } from '../client/index.ts';
import type { Clock } from './clock.ts';
import { type Account, type Cloud, openClient } from './cloud.ts';
import type { Random } from './random.ts';
import { Turnstile } from './turnstile.ts';

/** So many connections are made at a time, those that were lost included. */
const connectingAtOnce = 4;

/** What everything of the simulator is given: where it plays, the time, and chance. */
export interface Stage {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly random: Random;
  readonly entrance: Turnstile;
}

export const clientOf = (stage: Stage, account: Account): SeenbyClient => {
  const { now, after } = stage.clock;
  return openClient({ ...stage, account, environment: { now, after, random: stage.random } });
};

export const openStage = (cloud: Cloud, clock: Clock, random: Random): Stage => {
  return { cloud, clock, random, entrance: new Turnstile(connectingAtOnce) };
};
