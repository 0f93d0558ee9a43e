import type { Step } from '../script/script.ts';
import type { Simulation } from '../script/simulation.ts';
import type { Device } from './device.ts';

/** Somebody does something, with a device, in a group. */
export interface Act {
  simulation: Simulation;
  device: Device;
  groupId: string;
  step: Step;
}

export type Action = (act: Act) => Promise<unknown>;

/** By the name in the script. */
export type Actions = Readonly<Record<string, Action>>;

/** The path of a group, or of something in it. */
export const inGroup = (groupId: string, rest = ''): string =>
  `/groups/${encodeURIComponent(groupId)}${rest}`;
