import type { WorldSettings } from '../world/simulated-service.ts';

/** What somebody does, what befalls the service, or which fault is armed. */
export interface Step {
  /** Since the step before, in milliseconds. */
  afterMs: number;
  do: string;
  /** A device, as `user.number`. */
  by?: string;
  group?: string;
  /** Another user. */
  who?: string;
  /** Which of what there is, from 0 up to 1: 1 is the newest message. */
  at?: number;
  /** What else the step takes. */
  to?: string;
  /** Of a fault: how many requests go well before. */
  skip?: number;
}

export interface Script extends WorldSettings {
  /** All that happens by chance and is not in the steps follows from it. */
  seed: number;
  steps: readonly Step[];
  /** Of `deviceNames`, those that there are; whose user has none is a member all the same. */
  devices: readonly string[];
  /** Whether faults come that end a push for good; what clients show is then right with their next heartbeat. */
  losesPushes: boolean;
}

export const userIds = ['ann', 'bob', 'cid', 'dan', 'eve'] as const;
export const deviceNames = ['ann.1', 'ann.2', 'bob.1', 'cid.1', 'dan.1', 'eve.1'] as const;

/** A group of all but one, a direct chat, and a group that begins with other settings. */
export const directId = 'pair';
export const groupIds = ['team', directId, 'club'] as const;
