/** How long a message has to be in view to be read. */
const dwellMs = 500;

interface Stay {
  since: number;
  isTold: boolean;
}

/** Tells of each message once it has been in view long enough, and anew when it has been away. */
export class Dwell {
  #stays = new Map<number, Stay>();

  /** What is in view now; the rest has left. */
  see(seqs: Iterable<number>, now: number): void {
    const stays = new Map<number, Stay>();
    for (const seq of seqs) stays.set(seq, this.#stays.get(seq) ?? { since: now, isTold: false });
    this.#stays = stays;
  }

  /** Messages that have become due, each told once per stay. */
  takeDue(now: number): number[] {
    const due = [...this.#stays].filter(([, stay]) => !stay.isTold && stay.since + dwellMs <= now);
    for (const [, stay] of due) stay.isTold = true;
    return due.map(([seq]) => seq);
  }

  /** When the next one becomes due, if it stays. */
  get nextDueAt(): number | undefined {
    const waiting = [...this.#stays.values()].filter(({ isTold }) => !isTold);
    return waiting.length > 0
      ? Math.min(...waiting.map(({ since }) => since + dwellMs))
      : undefined;
  }
}
