import { dollarsOf as dollarsFor } from '@seenby/core/costs/prices.ts';
import type { Usage } from '../support/metering-proxy.ts';

/** Capacity units, and what they were spent on. */
export interface Units {
  write: number;
  read: number;
  requests: number;
  failedConditions: number;
}

/** What one message cost, by purpose. */
export interface Costs {
  send: Units;
  markRead: Units;
  history: Units;
  pushes: Units;
}

const purposes = ['send', 'markRead', 'history', 'pushes'] as const;

const noUnits = (): Units => ({ write: 0, read: 0, requests: 0, failedConditions: 0 });

/** Splits what was used while messages were sent, and while they were read. */
export function costsOf(sending: readonly Usage[], reading: readonly Usage[]): Costs {
  const costs: Costs = {
    send: noUnits(),
    markRead: noUnits(),
    history: noUnits(),
    pushes: noUnits(),
  };
  for (const usage of sending) add(costs[purposeOf(usage, 'send')], usage);
  for (const usage of reading) add(costs[purposeOf(usage, 'markRead')], usage);
  return costs;
}

/** The service decides on the group row and the caller's; whatever else it reads is to push. */
function purposeOf(usage: Usage, action: 'send' | 'markRead'): keyof Costs {
  if (usage.subject === 'history') return 'history';
  if (usage.writeUnits > 0) return action;
  return usage.operation === 'BatchGetItem' && usage.subject === 'group' ? action : 'pushes';
}

function add(units: Units, usage: Usage): void {
  units.write += usage.writeUnits;
  units.read += usage.readUnits;
  units.requests += usage.requests;
  units.failedConditions += usage.failedConditions;
}

export function sumOf(costs: Costs): Units {
  const sum = noUnits();
  for (const purpose of purposes) {
    sum.write += costs[purpose].write;
    sum.read += costs[purpose].read;
    sum.requests += costs[purpose].requests;
    sum.failedConditions += costs[purpose].failedConditions;
  }
  return sum;
}

export const dollarsOf = (units: Pick<Units, 'write' | 'read'>, frames = 0): number =>
  dollarsFor({ writeUnits: units.write, readUnits: units.read, frames });
