import { h, setText } from '../base/dom.ts';
import type { Texts } from '../text/texts.ts';
import { exactTime, shortTime } from '../text/times.ts';
import { faceOf } from './face.ts';
import { nameOf, type Person } from './person.ts';

export interface CardContent {
  readonly title: string;
  readonly people: readonly (Person & { readonly at?: number | null | undefined })[];
  /** How many there are besides. */
  readonly more: number;
}

/** A card with people, and when each did something. */
export class PeopleCard {
  readonly #title = h('p', { class: 'title' });
  readonly #list = h('ul');
  readonly #more = h('p', { class: 'more', part: 'more' });
  readonly element = h(
    'div',
    { class: 'card', part: 'card', id: 'card', role: 'tooltip' },
    this.#title,
    this.#list,
    this.#more,
  );

  draw({ title, people, more }: CardContent, texts: Texts): void {
    setText(this.#title, title);
    this.#list.replaceChildren(...people.map((person) => itemOf(person, texts)));
    setText(this.#more, more > 0 ? texts.morePeople(more) : '');
  }
}

function itemOf(person: CardContent['people'][number], { locale }: Texts): HTMLElement {
  const name = h('span', { class: 'name', part: 'name', dir: 'auto' }, nameOf(person));
  const item = h('li', {}, faceOf(person), name);
  const { at } = person;
  if (typeof at === 'number') {
    const exact = { datetime: new Date(at).toISOString(), title: exactTime(at, locale) };
    item.append(h('time', { part: 'time', ...exact }, shortTime(at, Date.now(), locale)));
  }
  return item;
}
