/** The rules that a run under chaos checks. */
export type CheckedRule = 'PU1' | 'PU4' | 'PU5' | 'FA1';

/** How often each rule was checked, and what was found wrong. */
export class Findings {
  readonly #checks = new Map<CheckedRule, number>();
  readonly #wrong: { rule: CheckedRule; what: string }[] = [];

  check(rule: CheckedRule, holds: boolean, what: () => string): void {
    this.#checks.set(rule, this.checksOf(rule) + 1);
    if (!holds) this.#wrong.push({ rule, what: what() });
  }

  checksOf(rule: CheckedRule): number {
    return this.#checks.get(rule) ?? 0;
  }

  wrong(rule: CheckedRule): string[] {
    return this.#wrong.filter((each) => each.rule === rule).map(({ what }) => what);
  }

  get isClean(): boolean {
    return this.#wrong.length === 0;
  }
}
