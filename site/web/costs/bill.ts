import { type DesignName, monthlyCosts } from '@seenby/core/costs/monthly-costs.ts';
import { paidFor } from '@seenby/core/costs/prices.ts';
import { type Choice, toUse } from './fields.ts';
import type { Texts } from './texts.ts';

export interface Bill {
  designs: string[];
  rows: { label: string; cells: string[] }[];
  totals: number[];
  summary: string;
}

/** The table of a choice, in words and dollars. */
export function billOf(choice: Choice, texts: Texts): Bill {
  const costs = monthlyCosts(toUse(choice));
  const names = Object.keys(costs) as DesignName[];
  const row = (label: string, cellOf: (name: DesignName) => string) => ({
    label,
    cells: names.map(cellOf),
  });
  const { seenby, matrix } = costs;
  return {
    designs: names.map((name) => texts.designs[name]),
    rows: [
      ...paidFor.map((line) =>
        row(texts.lines[line], (name) => toDollars(costs[name].dollars[line])),
      ),
      row(texts.together, (name) => toDollars(costs[name].total)),
      row(texts.forEachMember, (name) => toDollars(costs[name].total / choice.members)),
      row(texts.knownLabel, (name) => texts.knows[name]),
    ],
    totals: names.map((name) => costs[name].total),
    summary: texts.summary(`$${toDollars(seenby.total)}`, ratioOf(matrix.total, seenby.total)),
  };
}

/** To the cent, and what is less than ten cents to the first two digits. */
function toDollars(value: number): string {
  if (value === 0) return '0';
  const digits = value >= 0.095 ? 2 : Math.min(8, 1 - Math.floor(Math.log10(value)));
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

const ratioOf = (other: number, own: number): string =>
  own === 0 ? '1' : (other / own).toLocaleString('en-US', { maximumSignificantDigits: 2 });
