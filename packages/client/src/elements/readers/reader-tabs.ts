import type { Readers } from '../../live/readers.ts';
import { h, setAttributes, setText } from '../base/dom.ts';
import type { Texts } from '../text/texts.ts';

export const readerTabs = ['read', 'delivered', 'notYet'] as const;
export type ReaderTab = (typeof readerTabs)[number];

/** The tabs of the panel with their counts. Arrow keys, Home and End go from one to another. */
export class ReaderTabs {
  readonly element = h('div', { class: 'tabs', role: 'tablist', part: 'tabs' });
  readonly #tabs = readerTabs.map((tab) => ({ tab, name: h('span'), count: h('b') }));
  readonly #buttons: readonly HTMLButtonElement[];
  readonly #chosen: (tab: ReaderTab) => void;

  constructor(chosen: (tab: ReaderTab) => void) {
    this.#chosen = chosen;
    this.#buttons = this.#tabs.map(({ tab, name, count }) => {
      const attributes = { type: 'button', role: 'tab', part: 'tab', 'aria-controls': 'list' };
      const button = h('button', { id: tab, ...attributes }, name, ' ', count);
      button.addEventListener('click', () => chosen(tab));
      return button;
    });
    this.element.append(...this.#buttons);
    this.element.addEventListener('keydown', (event) => this.#onKey(event));
  }

  draw(chosen: ReaderTab, { others }: Readers, texts: Texts): void {
    const { read, delivered, total } = others;
    const counts = { read, delivered: delivered - read, notYet: total - delivered };
    const names = { read: texts.tabRead, delivered: texts.tabDelivered, notYet: texts.tabNotYet };
    for (const [i, { tab, name, count }] of this.#tabs.entries()) {
      setText(name, names[tab]);
      setText(count, String(Math.max(0, counts[tab])));
      const isChosen = tab === chosen;
      const attributes = { 'aria-selected': `${isChosen}`, tabindex: isChosen ? 0 : -1 };
      setAttributes(this.#buttons[i] as HTMLButtonElement, attributes);
    }
  }

  #onKey(event: KeyboardEvent): void {
    const at = this.#buttons.findIndex((button) => button.tabIndex === 0);
    const next = nextOf(event.key, at, getComputedStyle(this.element).direction === 'rtl');
    const tab = readerTabs[next ?? -1];
    if (tab === undefined) return;
    event.preventDefault();
    this.#chosen(tab);
    this.#buttons[next ?? 0]?.focus();
  }
}

/** The tab that a key leads to; undefined for other keys. */
function nextOf(key: string, at: number, isRightToLeft: boolean): number | undefined {
  const { length } = readerTabs;
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  if (key !== 'ArrowRight' && key !== 'ArrowLeft') return undefined;
  const isForward = (key === 'ArrowRight') !== isRightToLeft;
  return (at + (isForward ? 1 : length - 1)) % length;
}
