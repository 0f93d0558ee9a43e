import type { SyncAnswer, SyncedGroup } from '@seenby/protocol/http-answers.ts';
import type { Fingerprint } from '../store/cursors.ts';

/** Together, with all that is around them, below a megabyte. */
const maxBytesOfGroups = 900_000;
const maxRemoved = 500;
const bytesOfVersions = '"version":9007199254740991,"stateVersion":9007199254740991,'.length;

/** Collects what is not as the client knows it, as much as one answer holds. */
export class SyncDelta {
  /** What the client knows after this answer. */
  readonly known = new Map<string, string>();
  readonly #before: ReadonlyMap<string, string>;
  readonly #fingerprint: Fingerprint;
  readonly #present = new Set<string>();
  readonly #groups: SyncedGroup[] = [];
  #removed: string[] = [];
  #changedCount = 0;
  #bytes = 0;

  constructor(before: ReadonlyMap<string, string> | undefined, fingerprint: Fingerprint) {
    this.#before = before ?? new Map();
    this.#fingerprint = fingerprint;
  }

  get answer(): Omit<SyncAnswer, 'next'> {
    const groups = this.#groups.sort((a, b) => (a.groupId < b.groupId ? -1 : 1));
    return { changedCount: this.#changedCount, groups, removedGroupIds: this.#removed };
  }

  add(group: SyncedGroup): void {
    // The versions move with what the user may not see, too: alone they are no change.
    const { version: _version, stateVersion: _state, ...shown } = group;
    const text = JSON.stringify(shown);
    const [name, state] = [this.#fingerprint(group.groupId), this.#fingerprint(text)];
    const before = this.#before.get(name);
    this.#present.add(name);
    const isChanged = before !== state;
    if (isChanged) this.#changedCount += 1;
    if (!isChanged || this.#fits(text)) this.known.set(name, state);
    else if (before !== undefined) this.known.set(name, before);
    if (isChanged && this.known.get(name) === state) this.#groups.push(group);
  }

  /** Of the groups that the user has left, those that the client still shows. */
  addRemoved(leftIds: readonly string[]): void {
    const removed = leftIds.filter((id) => {
      const name = this.#fingerprint(id);
      return this.#before.has(name) && !this.#present.has(name);
    });
    this.#removed = removed.slice(0, maxRemoved);
    const later = removed.slice(maxRemoved).map(this.#fingerprint);
    for (const name of later) this.known.set(name, this.#before.get(name) ?? '');
    this.#changedCount += later.length;
  }

  #fits(text: string): boolean {
    const bytes = this.#bytes + Buffer.byteLength(text) + bytesOfVersions;
    if (bytes > maxBytesOfGroups) return false;
    this.#bytes = bytes;
    return true;
  }
}
