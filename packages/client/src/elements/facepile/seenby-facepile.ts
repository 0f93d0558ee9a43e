import type { MemberPosition } from '@seenby/protocol/entities.ts';
import { areSame } from '../base/are-same.ts';
import type { ElementGroup } from '../base/client-context.ts';
import { h, setAttributes } from '../base/dom.ts';
import { MessageElement } from '../base/message-element.ts';
import { faceOf } from '../people/face.ts';
import { HoverCard } from '../people/hover-card.ts';
import { PeopleCard } from '../people/people-card.ts';
import { nameOf } from '../people/person.ts';
import type { Texts } from '../text/texts.ts';
import { FacepileBoard } from './facepile-board.ts';
import { facepileCss } from './facepile-css.ts';

const maxInCard = 12;

/**
 * `<seenby-facepile>`: the faces of those who have read up to a message and no farther. Faces move to
 * the next one as people read on. A click is told as `seenby-open`.
 */
export class SeenbyFacepile extends MessageElement {
  readonly faces = new Map<string, HTMLElement>();
  readonly #more = h('span', { part: 'more', 'aria-hidden': 'true' });
  readonly #button = h('button', { type: 'button', part: 'button', 'aria-describedby': 'card' });
  readonly #card = new PeopleCard();
  readonly #hover = new HoverCard(this, this.#button, this.#card.element, () => this.changed());
  #people: readonly MemberPosition[] = [];
  #board: FacepileBoard | undefined;
  #place = '';
  #drawnMax = 0;

  constructor() {
    super();
    this.root.append(this.#button, this.#card.element);
    this.#button.append(this.#more);
    this.#button.addEventListener('click', () => this.tellOpen());
  }

  /** How many faces there are at most, 5 by default; `+N` says how many more. */
  get max(): number {
    return Math.max(1, this.numberOf('max') ?? 5);
  }

  set max(max: number | undefined) {
    setAttributes(this, { max });
  }

  /** @internal */
  place(people: readonly MemberPosition[]): void {
    if (this.#drawnMax === this.max && areSame(people, this.#people)) return;
    const before = this.#people.slice(0, this.#drawnMax);
    this.#people = people;
    this.#drawnMax = this.max;
    this.#drawFaces(before);
    this.changed();
  }

  protected styles(): string {
    return facepileCss;
  }

  protected override sources() {
    return [];
  }

  protected override released(): void {
    this.#join(undefined, '');
    this.#hover.close();
  }

  protected render(texts: Texts): void {
    const { group, seq, max } = this;
    this.#join(group, `${seq} ${max}`);
    const people = this.#people;
    const names = people.slice(0, max).map(nameOf).join(', ');
    const label = texts.readUpToHere(names, Math.max(0, people.length - max));
    setAttributes(this.#button, { 'aria-label': label });
    if (people.length === 0) this.#hover.close();
    if (!this.#hover.isShown) return;
    const shown = people.slice(0, maxInCard).map((each) => ({ ...each, at: each.lastReadAt }));
    const more = people.length - shown.length;
    this.#card.draw({ title: texts.readUpTo, people: shown, more }, texts);
    this.#hover.place();
  }

  /** Takes its place among the facepiles of a group, anew where `place` is another one. */
  #join(group: ElementGroup | undefined, place: string): void {
    const board = group && FacepileBoard.of(group);
    if (board !== this.#board) {
      this.#board?.remove(this);
      board?.add(this);
      this.#board = board;
      if (!board) this.place([]);
    } else if (place !== this.#place) board?.changed();
    this.#place = place;
  }

  #drawFaces(before: readonly MemberPosition[]): void {
    const shown = this.#people.slice(0, this.max);
    const looks = new Set(shown.map(lookOf));
    const kept = new Set(
      before.filter((each) => looks.has(lookOf(each))).map(({ userId }) => userId),
    );
    for (const [userId, face] of this.faces) {
      if (kept.has(userId)) continue;
      face.remove();
      this.faces.delete(userId);
    }
    for (const [i, person] of shown.entries()) this.#putFace(person, i);
    const more = this.#people.length - shown.length;
    setAttributes(this.#more, { 'data-more': more > 0 ? `+${more}` : undefined });
    setAttributes(this, { 'data-count': this.#people.length || undefined });
  }

  #putFace(person: MemberPosition, index: number): void {
    const face = this.faces.get(person.userId) ?? faceOf(person);
    this.faces.set(person.userId, face);
    // The latest one lies on the others.
    face.style.zIndex = String(this.max - index);
    const before = this.#button.children[index];
    if (before !== face) this.#button.insertBefore(face, before ?? null);
  }
}

/** A face with another name or picture is another face. */
const lookOf = ({ userId, name, picture }: MemberPosition): string =>
  [userId, name, picture].join('\n');
