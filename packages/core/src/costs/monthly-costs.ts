import type { GroupUse } from './group-use.ts';
import { matrixMonth } from './matrix-month.ts';
import { paidFor, prices, type Quantities } from './prices.ts';
import { seenbyMonth } from './seenby-month.ts';

/** A bill: dollars by line, and their sum. */
export interface MonthlyCosts {
  quantities: Quantities;
  dollars: Quantities;
  total: number;
}

/**
 * What a group costs in a month, in Seenby and with a row per message and member. Pure arithmetic: this
 * folder needs neither AWS nor Node. Left out, in both: deliveries that clients acknowledge, connecting
 * and catching up, questions of clients (counts, lists, history), stored bytes, and free tiers.
 */
export const monthlyCosts = (use: GroupUse): { seenby: MonthlyCosts; matrix: MonthlyCosts } => ({
  seenby: priced(seenbyMonth(use)),
  matrix: priced(matrixMonth(use)),
});

function priced(quantities: Quantities): MonthlyCosts {
  const dollars = { ...quantities };
  for (const name of paidFor) dollars[name] = quantities[name] * prices[name];
  return { quantities, dollars, total: paidFor.reduce((sum, name) => sum + dollars[name], 0) };
}
