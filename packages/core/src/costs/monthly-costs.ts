import { designMonth } from './design-month.ts';
import type { GroupUse } from './group-use.ts';
import { mapUnits, matrixUnits, positionUnits } from './other-designs.ts';

import { paidFor, prices, type Quantities } from './prices.ts';
import { seenbyMonth } from './seenby-month.ts';

/** A bill: dollars by line, and their sum. */
export interface MonthlyCosts {
  quantities: Quantities;
  dollars: Quantities;
  total: number;
}

/** The designs whose costs are computed: Seenby's own, and those it is compared with. */
export type DesignName = 'seenby' | 'matrix' | 'map' | 'positions';

/**
 * What a group costs in a month, in Seenby and in other designs. Pure arithmetic: this folder needs
 * neither AWS nor Node. Left out, in all: deliveries that clients acknowledge, connecting and catching
 * up, questions of clients (counts, lists, history), stored bytes, and free tiers.
 */
export const monthlyCosts = (use: GroupUse): Record<DesignName, MonthlyCosts> => ({
  seenby: priced(seenbyMonth(use)),
  matrix: priced(designMonth(use, matrixUnits)),
  map: priced(designMonth(use, mapUnits)),
  positions: priced(designMonth(use, positionUnits)),
});

function priced(quantities: Quantities): MonthlyCosts {
  const dollars = { ...quantities };
  for (const name of paidFor) dollars[name] = quantities[name] * prices[name];
  return { quantities, dollars, total: paidFor.reduce((sum, name) => sum + dollars[name], 0) };
}
