import type { MemberPosition } from '@seenby/protocol/entities.ts';
import type { Off } from '../../transport/emitter.ts';
import type { ElementGroup } from '../base/client-context.ts';
import { type FaceSpot, moveFaces } from './move-faces.ts';

/** A place for the faces of those who have read up to a message. */
export interface Facepile extends FaceSpot {
  readonly seq: number | undefined;
  place(people: readonly MemberPosition[]): void;
}

const boards = new WeakMap<ElementGroup, FacepileBoard>();

/**
 * The facepiles of a group. It puts everybody at the nearest message at or below the one they have
 * read up to: that one may not be on the page. All change at once, so that faces can move from one
 * to another.
 */
export class FacepileBoard {
  readonly #group: ElementGroup;
  readonly #piles = new Set<Facepile>();
  #leavePositions: Off | undefined;
  #isDue = false;

  static of(group: ElementGroup): FacepileBoard {
    const board = boards.get(group) ?? new FacepileBoard(group);
    boards.set(group, board);
    return board;
  }

  constructor(group: ElementGroup) {
    this.#group = group;
  }

  add(pile: Facepile): void {
    this.#piles.add(pile);
    this.#leavePositions ??= this.#group.positions.subscribeState(() => this.changed());
    this.changed();
  }

  remove(pile: Facepile): void {
    this.#piles.delete(pile);
    if (this.#piles.size > 0) this.changed();
    else {
      this.#leavePositions?.();
      this.#leavePositions = undefined;
    }
  }

  /** Arranges the faces soon, once of all that has changed in one go. */
  changed(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      this.#arrange();
    });
  }

  #arrange(): void {
    const piles = [...this.#piles].filter(({ seq }) => seq !== undefined);
    piles.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0)).reverse();
    const people = new Map<Facepile, MemberPosition[]>(piles.map((pile) => [pile, []]));
    const { status, bySeq } = this.#group.positions.getSnapshot();
    for (const [readSeq, members] of status === 'refused' ? [] : bySeq) {
      const pile = piles.find(({ seq = 0 }) => seq <= readSeq);
      if (pile) people.get(pile)?.push(...members);
    }
    moveFaces(piles, () => {
      for (const pile of this.#piles) pile.place(latestFirst(people.get(pile) ?? []));
    });
  }
}

const latestFirst = (members: readonly MemberPosition[]): MemberPosition[] =>
  [...members].sort((a, b) => (b.lastReadAt ?? 0) - (a.lastReadAt ?? 0));
