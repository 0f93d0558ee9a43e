/** A test: its file, and words of its title or of what it is part of. */
export type Proof = readonly [file: string, title: string];

export interface AttackClass {
  /** What somebody tries. */
  attack: string;
  /** What they get; nothing is written unless it says so. */
  answer: string;
  shownBy: readonly Proof[];
}
