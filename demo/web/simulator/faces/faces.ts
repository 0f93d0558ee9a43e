/** How far a member is with the newest message. */
export type FaceState = 'away' | 'connected' | 'received' | 'read';

export interface Person {
  readonly userId: string;
  readonly name: string;
}

export interface Face extends Person {
  readonly state: FaceState;
  /** After the message was sent; undefined before, and where the time is not known. */
  readonly readAfterMs: number | undefined;
}

const stateOf: Readonly<Record<string, FaceState>> = {
  ...{ '-': 'away', c: 'connected', d: 'received', r: 'received' },
};

/**
 * The members as the page shows them. That somebody is there and has the message is what the simulator says.
 * That somebody has read it is what the service has told the author.
 */
export class Faces {
  readonly #faces: Face[];
  readonly #indexOf: ReadonlyMap<string, number>;
  readonly #listeners = new Set<(face: number) => void>();
  #reads = 0;

  constructor(persons: readonly Person[]) {
    this.#faces = persons.map((person) => ({ ...person, state: 'away', readAfterMs: undefined }));
    this.#indexOf = new Map(persons.map(({ userId }, i) => [userId, i]));
  }

  get count(): number {
    return this.#faces.length;
  }

  get reads(): number {
    return this.#reads;
  }

  /** The message is on the device of so many, those who have read it included. */
  get received(): number {
    return this.#faces.filter(({ state }) => state === 'received' || state === 'read').length;
  }

  at(face: number): Face | undefined {
    return this.#faces[face];
  }

  /** Calls back with each face that changes. */
  watch(listener: (face: number) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A new message: nobody has it. */
  begin(): void {
    this.#reads = 0;
    for (const [i, { state }] of this.#faces.entries()) {
      this.#set(i, { state: state === 'away' ? 'away' : 'connected', readAfterMs: undefined });
    }
  }

  /** A letter for each, in order, as the simulator's states are. What was read stays read. */
  takeStates(letters: string): void {
    for (const [i, { state: shown }] of this.#faces.entries()) {
      const state = stateOf[letters[i] ?? ''];
      if (state !== undefined && shown !== 'read' && state !== shown) this.#set(i, { state });
    }
  }

  /** False for somebody who is not here, or has read it before. */
  read(userId: string, readAfterMs: number): boolean {
    const face = this.#indexOf.get(userId);
    if (face === undefined || this.#faces[face]?.state === 'read') return false;
    this.#reads += 1;
    this.#set(face, { state: 'read', readAfterMs });
    return true;
  }

  #set(i: number, change: Partial<Face>): void {
    const face = this.#faces[i];
    if (!face) return;
    this.#faces[i] = { ...face, ...change };
    for (const listener of this.#listeners) listener(i);
  }
}
