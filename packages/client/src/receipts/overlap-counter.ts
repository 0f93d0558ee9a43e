import { firstNotBefore } from '@seenby/core/ranges/binary-search.ts';

/**
 * How many of any number of ranges cover a seq, answered in O(log n). It holds where ranges begin
 * and where they have ended, each sorted; a range that continues another one moves its end, so that
 * readers who have read everything cost one entry each: their positions, in order.
 */
export class OverlapCounter {
  readonly #begins: number[] = [];
  readonly #ends: number[] = [];

  /** Adds a range, both ends included, that does not overlap what its owner added before. */
  add(from: number, to: number): void {
    move(this.#ends, this.#begins, from);
    move(this.#begins, this.#ends, to + 1);
  }

  countAt(seq: number): number {
    return countUpTo(this.#begins, seq) - countUpTo(this.#ends, seq);
  }
}

/** How many entries are not above a value: also where to put the next one of that value. */
const countUpTo = (sorted: readonly number[], value: number): number =>
  firstNotBefore(sorted, (entry) => entry <= value);

/** Takes a value out of one list or, if it is not there, puts it into the other. */
function move(from: number[], to: number[], value: number): void {
  const place = countUpTo(from, value) - 1;
  if (from[place] === value) from.splice(place, 1);
  else to.splice(countUpTo(to, value), 0, value);
}
