interface Seen {
  /** This seq and all before it are at least as old as this. */
  seq: number;
  at: number;
}

/** From this age on it does not matter how old a message is. */
const oldMs = 600_000;
/** Times are kept so much finer than ages are told. */
const precision = 8;

/** How old messages of a group are at least, from how far the group was known to be at what time. */
export class MessageAges {
  #seen: Seen[] = [];

  /** `at`: when the last message was sent. */
  note(lastSeq: number, at: number): void {
    const newest = this.#seen.at(-1);
    if (newest && newest.seq >= lastSeq) return;
    this.#seen = thinned([...this.#seen, { seq: lastSeq, at }], at);
  }

  of(seq: number, now: number): number {
    const known = this.#seen.find((seen) => seen.seq >= seq);
    return known ? Math.max(0, now - known.at) : 0;
  }
}

/** Without what tells next to nothing: the more the older it is. */
function thinned(seen: readonly Seen[], now: number): Seen[] {
  const kept: Seen[] = [];
  for (const [i, each] of seen.entries()) {
    const next = seen[i + 1];
    if (next && now - next.at >= oldMs) continue;
    const finestMs = next ? (now - next.at) / precision : 0;
    const before = kept.at(-1);
    if (next && before && next.at - before.at < finestMs) continue;
    kept.push(each);
  }
  return kept;
}
