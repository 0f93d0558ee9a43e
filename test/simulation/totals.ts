import type { Outcome } from './script/run-script.ts';

/** What scripts did and checked, in one. */
export class Totals {
  seeds = 0;
  /** Seeds in which something did not hold. */
  readonly failed: number[] = [];
  steps = 0;
  frames = 0;
  acknowledged = 0;
  /** How often each fault came, and each property was checked; in how many seeds it did not hold. */
  readonly faults = new Map<string, number>();
  readonly checks = new Map<string, number>();
  readonly broken = new Map<string, number>();

  add(seed: number, outcome: Outcome): void {
    this.seeds++;
    this.steps += outcome.steps;
    this.frames += outcome.frames;
    this.acknowledged += outcome.acknowledged;
    addAll(this.faults, outcome.faults);
    addAll(this.checks, outcome.checks);
    if (outcome.wrong.length > 0) this.failed.push(seed);
    const rules = new Set(outcome.wrong.map(({ rule }) => rule));
    addAll(this.broken, new Map([...rules].map((rule) => [rule, 1])));
  }

  toString(): string {
    const { seeds, failed, steps, frames, acknowledged, faults, checks, broken } = this;
    const sums = { seeds, failed, steps, frames, acknowledged };
    return JSON.stringify({
      ...{ ...sums, faults: inOrder(faults), checks: inOrder(checks), broken: inOrder(broken) },
    });
  }
}

function addAll(sums: Map<string, number>, more: ReadonlyMap<string, number>): void {
  for (const [name, number] of more) sums.set(name, (sums.get(name) ?? 0) + number);
}

const inOrder = (sums: Map<string, number>) => Object.fromEntries([...sums].sort());
