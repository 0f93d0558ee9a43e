import type { ReceiptLine } from '@seenby/protocol/entities.ts';
import { h, setText } from '../base/dom.ts';
import { faceOf } from '../people/face.ts';
import { nameOf } from '../people/person.ts';
import type { Texts } from '../text/texts.ts';
import { exactTime, shortTime } from '../text/times.ts';
import type { LatestReaders } from './latest-readers.ts';

/** The card with the latest readers of a message. */
export class ReaderCard {
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

  /** `read` are all who have read it. */
  draw(latest: LatestReaders | undefined, read: number, texts: Texts): void {
    const readers = latest?.readers ?? [];
    setText(this.#title, titleOf(latest, read, texts));
    this.#list.replaceChildren(...readers.map((line) => itemOf(line, texts)));
    const more = readers.length > 0 ? read - readers.length : 0;
    setText(this.#more, more > 0 ? texts.moreReaders(more) : '');
  }
}

function titleOf(latest: LatestReaders | undefined, read: number, texts: Texts): string {
  if (latest && !latest.readers) {
    return latest.isPrivate ? texts.receiptsPrivate : texts.receiptsOffline;
  }
  if (read === 0) return texts.nobodyYet;
  return latest ? texts.latestReaders : texts.loadingReaders;
}

function itemOf(line: ReceiptLine, texts: Texts): HTMLElement {
  const name = h('span', { class: 'name', part: 'name', dir: 'auto' }, nameOf(line));
  const item = h('li', {}, faceOf(line), name);
  const at = line.readAt;
  if (at !== null) {
    const title = exactTime(at, texts.locale);
    const time = shortTime(at, Date.now(), texts.locale);
    const attributes = { part: 'time', datetime: new Date(at).toISOString(), title };
    item.append(h('time', attributes, time));
  }
  return item;
}
