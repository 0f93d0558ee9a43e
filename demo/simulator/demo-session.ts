import type { SeenbyClient } from '@seenby/client';
import type { Clock } from './clock.ts';
import { type Account, type Cloud, openClient } from './cloud.ts';
import type { FrameCounter } from './frame-counter.ts';
import type { Random } from './random.ts';
import { Semaphore } from './semaphore.ts';

/** So many connections are made at a time, those that were lost included. */
const connectingAtOnce = 4;

/** What everything of the simulator is given: where it plays, the time, and chance. */
export interface DemoSession {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly random: Random;
  readonly connecting: Semaphore;
  /** Of all its clients; not counted unless given. */
  readonly frames?: FrameCounter;
}

export const clientOf = (session: DemoSession, account: Account): SeenbyClient => {
  const { now, after } = session.clock;
  const { random, frames } = session;
  const counting = frames && { openSocket: frames.openSocket };
  return openClient({ ...session, account, environment: { now, after, random, ...counting } });
};

export const openDemoSession = (cloud: Cloud, clock: Clock, random: Random): DemoSession => {
  return { cloud, clock, random, connecting: new Semaphore(connectingAtOnce) };
};
