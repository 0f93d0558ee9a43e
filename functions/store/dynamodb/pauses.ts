import { setTimeout as wait } from 'node:timers/promises';
import type { Timing } from '../../runtime/timing.ts';

/** What the pauses before another attempt are made of. */
export type Pauses = Pick<Timing, 'random' | 'wait'>;

export const realPauses: Pauses = { random: Math.random, wait };
