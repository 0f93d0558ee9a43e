import type { FaultKind, Place } from './fault-kinds.ts';

interface ArmedFault {
  place: Place;
  kind: string;
  /** So many requests at this place pass unharmed before. */
  skip: number;
}

/** The faults that are to come, and a count of those that came. */
export class Faults {
  /** By place and kind. */
  readonly injected = new Map<string, number>();
  readonly #armed: ArmedFault[] = [];

  /** @param fault as `place: kind`. */
  arm(fault: string, skip: number): void {
    const [place, kind = ''] = fault.split(': ');
    // Few connections are closed from here: faults that gather would strike all attempts to close one.
    if (place === 'close' && this.#armed.some((armed) => armed.place === place)) return;
    this.#armed.push({ place: place as Place, kind, skip });
  }

  /** From now on all goes well. */
  heal(): void {
    this.#armed.length = 0;
  }

  /** What happens to the request that is made now at this place; undefined for nothing. */
  strike<P extends Place>(place: P): FaultKind<P> | undefined {
    for (const [i, fault] of this.#armed.entries()) {
      if (fault.place !== place || fault.skip-- > 0) continue;
      this.#armed.splice(i, 1);
      this.note(`${place}: ${fault.kind}`);
      return fault.kind as FaultKind<P>;
    }
    return undefined;
  }

  note(what: string): void {
    this.injected.set(what, (this.injected.get(what) ?? 0) + 1);
  }
}
