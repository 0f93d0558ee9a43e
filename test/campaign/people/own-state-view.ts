import type { OwnState } from '@seenby/protocol/entities.ts';

/** A client's own position in a group: an older state never overwrites a newer one. */
export class OwnStateView {
  #stateVersion = -1;
  #readSeq = 0;

  /** The position if it is another one now. */
  apply({ stateVersion, readSeq }: Pick<OwnState, 'stateVersion' | 'readSeq'>): number | undefined {
    if (stateVersion < this.#stateVersion) return undefined;
    this.#stateVersion = stateVersion;
    if (readSeq === this.#readSeq) return undefined;
    this.#readSeq = readSeq;
    return readSeq;
  }
}
