/** Something that did not hold. */
export interface Finding {
  rule: string;
  what: string;
}

/** How often each property was checked, and what was found wrong. */
export class Findings {
  readonly checks = new Map<string, number>();
  readonly wrong: Finding[] = [];

  /** @param rule the rule's id, and what of it is checked: `CT1 counts are the lists`. */
  check(rule: string, holds: boolean, what: () => string): void {
    this.checks.set(rule, (this.checks.get(rule) ?? 0) + 1);
    if (!holds) this.wrong.push({ rule, what: what() });
  }
}
