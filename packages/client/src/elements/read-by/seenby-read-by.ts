import type { ReceiptOthers } from '../../receipts/others.ts';
import type { ElementGroup } from '../base/client-context.ts';
import { h, setAttributes, setText } from '../base/dom.ts';
import { MessageElement } from '../base/message-element.ts';
import { HoverCard } from '../people/hover-card.ts';
import { type CardContent, PeopleCard } from '../people/people-card.ts';
import type { Texts } from '../text/texts.ts';
import { type LatestReaders, LatestReadersSource } from './latest-readers.ts';
import { readByCss } from './read-by-css.ts';
import { ringElement } from './ring.ts';

/**
 * `<seenby-read-by>`: how many others have read a message and how many have not, with a card of the
 * latest readers. A click is told as `seenby-open`.
 */
export class SeenbyReadBy extends MessageElement {
  readonly #ring = ringElement();
  readonly #room = h('span', { class: 'room', 'aria-hidden': 'true' });
  readonly #text = h('span', { part: 'text' });
  readonly #button = h(
    'button',
    { type: 'button', part: 'button', 'aria-describedby': 'card' },
    this.#ring.element,
    h('span', { class: 'text' }, this.#text, this.#room),
  );
  readonly #card = new PeopleCard();
  readonly #hover = new HoverCard(this, this.#button, this.#card.element, () => this.#opened());
  readonly #source = new LatestReadersSource((latest) => {
    this.#latest = latest;
    this.changed();
  });
  #latest: LatestReaders | undefined;
  #of = '';

  constructor() {
    super();
    this.root.append(this.#button, this.#card.element);
    this.#button.addEventListener('click', () => this.tellOpen());
  }

  protected styles(): string {
    return readByCss;
  }

  protected render(texts: Texts): void {
    const { group, seq } = this;
    const receipt = seq === undefined ? undefined : group?.getReceipt(seq);
    const others = receipt?.others;
    const isShown = others !== undefined && others.total > 0;
    setAttributes(this, {
      status: receipt?.status,
      'data-read': isShown ? others.read : undefined,
      'data-unread': isShown ? others.unread : undefined,
    });
    if (isShown && group && seq !== undefined) this.#draw(group, seq, others, texts);
    else this.#hover.close();
  }

  #draw(group: ElementGroup, seq: number, others: ReceiptOthers, texts: Texts): void {
    this.#ring.draw(others.ratio);
    setText(this.#text, textOf(others, texts));
    this.#keepWidth(`${group.groupId} ${seq}`, others, texts);
    if (this.#hover.isShown) this.#source.ask(group, seq, others.read);
    this.#card.draw(contentOf(this.#latest, others.read, texts), texts);
    this.#hover.place();
  }

  #opened(): void {
    // What could not be asked for is asked for again.
    if (!this.#latest?.readers) this.#source.end();
    this.changed();
  }

  /** As wide as the widest text that may follow, so that nothing beside it moves while people read. */
  #keepWidth(of: string, { total, unread }: ReceiptOthers, texts: Texts): void {
    if (of !== this.#of) {
      this.#of = of;
      this.#latest = undefined;
      this.#source.end();
      setText(this.#room, '');
    }
    // One that all had read before it was shown needs no room.
    const widest = Number('8'.repeat(String(total).length));
    if (unread > 0) setText(this.#room, texts.readUnread(widest, widest));
  }

  protected override released(): void {
    this.#hover.close();
    this.#source.end();
  }
}

const textOf = ({ read, unread }: ReceiptOthers, texts: Texts): string =>
  unread === 0 ? texts.readByAll : texts.readUnread(read, unread);

function contentOf(latest: LatestReaders | undefined, read: number, texts: Texts): CardContent {
  const readers = latest?.readers ?? [];
  const people = readers.map((line) => ({ ...line, at: line.readAt }));
  const more = people.length > 0 ? read - people.length : 0;
  return { title: titleOf(latest, read, texts), people, more };
}

function titleOf(latest: LatestReaders | undefined, read: number, texts: Texts): string {
  if (latest && !latest.readers) {
    return latest.isPrivate ? texts.receiptsPrivate : texts.receiptsOffline;
  }
  if (read === 0) return texts.nobodyYet;
  return latest ? texts.latestReaders : texts.loadingReaders;
}
