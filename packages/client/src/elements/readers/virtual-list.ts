import { h } from '../base/dom.ts';

/** How many rows above and below those in view are there as well. */
const spareRows = 6;

export interface RowKind<T> {
  readonly heightPx: number;
  keyOf(item: T): string;
  /** `isNew`: it was not in the list before. */
  draw(item: T, isNew: boolean): HTMLElement;
}

/** A list of any length of which only the rows in view are in the page. */
export class VirtualList<T> {
  readonly #list = h('ul');
  readonly #scroller: HTMLElement;
  readonly #kind: RowKind<T>;
  readonly #rows = new Map<string, { item: T; element: HTMLElement }>();
  readonly #resizes = new ResizeObserver(() => this.#update());
  #items: readonly T[] = [];
  #known: ReadonlySet<string> | undefined;

  constructor(scroller: HTMLElement, kind: RowKind<T>) {
    this.#scroller = scroller;
    this.#kind = kind;
    scroller.append(this.#list);
    scroller.addEventListener('scroll', () => this.#update(), { passive: true });
  }

  /** Draws what has changed. */
  setItems(items: readonly T[]): void {
    this.#resizes.observe(this.#scroller);
    if (items === this.#items && this.#rows.size > 0) return;
    this.#items = items;
    this.#list.style.height = `${items.length * this.#kind.heightPx}px`;
    this.#update();
    this.#known = new Set(items.map((item) => this.#kind.keyOf(item)));
  }

  /** The next items are others: none of them is new, and they are shown from the top. */
  startAnew(): void {
    this.redraw();
    this.#known = undefined;
    this.#scroller.scrollTop = 0;
  }

  /** What rows say has changed: all are drawn anew with the next items. */
  redraw(): void {
    this.#rows.clear();
    this.#list.replaceChildren();
  }

  stop(): void {
    this.#resizes.disconnect();
  }

  #update(): void {
    const { scrollTop, clientHeight } = this.#scroller;
    const { heightPx } = this.#kind;
    const from = Math.max(0, Math.floor(scrollTop / heightPx) - spareRows);
    const to = Math.min(
      this.#items.length,
      from + Math.ceil(clientHeight / heightPx) + 2 * spareRows,
    );
    const shown = this.#items.slice(from, to);
    const keys = new Set(shown.map((item) => this.#kind.keyOf(item)));
    for (const [key, { element }] of this.#rows) {
      if (keys.has(key)) continue;
      element.remove();
      this.#rows.delete(key);
    }
    for (const [i, item] of shown.entries()) this.#place(item, from + i, i);
  }

  #place(item: T, index: number, place: number): void {
    const element = this.#elementOf(item);
    element.style.top = `${index * this.#kind.heightPx}px`;
    element.ariaPosInSet = String(index + 1);
    element.ariaSetSize = String(this.#items.length);
    // In the order in which they are read out. A row that was drawn anew has taken the place of the old one by now.
    const before = this.#list.children[place];
    if (before !== element) this.#list.insertBefore(element, before ?? null);
  }

  #elementOf(item: T): HTMLElement {
    const key = this.#kind.keyOf(item);
    const row = this.#rows.get(key);
    if (row?.item === item) return row.element;
    const element = this.#kind.draw(item, !row && this.#known?.has(key) === false);
    row?.element.replaceWith(element);
    this.#rows.set(key, { item, element });
    return element;
  }
}
