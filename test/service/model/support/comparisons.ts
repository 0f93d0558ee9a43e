/** What the model test compares; each of it has to come up, or the test has tested nothing. */
export const comparedThings = [
  'answers',
  'requests that must not write',
  'groups with unread counts',
  'messages of histories',
  'counts of messages',
  'lines of receipt lists',
  'times of receipts',
  'positions of members',
  'times of last reads',
  'refusals',
  'groups after sync',
  'versions of own states',
] as const;

export type Compared = (typeof comparedThings)[number];

/** How often each was compared. */
export class Comparisons {
  readonly #counts = new Map<Compared, number>();

  note(what: Compared, count = 1): void {
    this.#counts.set(what, this.of(what) + count);
  }

  of(what: Compared): number {
    return this.#counts.get(what) ?? 0;
  }

  get missing(): Compared[] {
    return comparedThings.filter((what) => this.of(what) === 0);
  }

  toString(): string {
    return comparedThings.map((what) => `${this.of(what)} ${what}`).join(', ');
  }
}
