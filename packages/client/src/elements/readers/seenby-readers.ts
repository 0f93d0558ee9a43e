import type { Reader, Readers, ReadersStore } from '../../live/readers.ts';
import { areSame } from '../base/are-same.ts';
import { h, setAttributes, setText, svg } from '../base/dom.ts';
import { MessageElement } from '../base/message-element.ts';
import { nameOf } from '../people/person.ts';
import type { Texts } from '../text/texts.ts';
import { duration } from '../text/times.ts';
import { readerRow, rowHeightPx } from './reader-row.ts';
import { type ReaderTab, ReaderTabs } from './reader-tabs.ts';
import { readersCss } from './readers-css.ts';
import { ReadingCurve } from './reading-curve.ts';
import { Reminder } from './reminder.ts';
import { saveCsv } from './save-file.ts';
import { toCsv } from './to-csv.ts';
import { VirtualList } from './virtual-list.ts';

/**
 * `<seenby-readers>`: who has read a message, who has it and who has not got it yet, live, with times;
 * how fast it was read; the lists as a file; a reminder for those who may send one. It fills its box.
 */
export class SeenbyReaders extends MessageElement {
  readonly #curve = new ReadingCurve();
  readonly #figures = h('p', { class: 'figures', part: 'figures' });
  readonly #tabs = new ReaderTabs((tab) => this.#choose(tab));
  readonly #search = h('input', { type: 'search', part: 'search', autocomplete: 'off' });
  readonly #download = h('button', { type: 'button', part: 'download' }, downloadIcon());
  readonly #state = h('p', { class: 'state', part: 'state' });
  readonly #list = h('div', { id: 'list', role: 'tabpanel', part: 'list', tabindex: 0 });
  readonly #rows = new VirtualList<Reader>(this.#list, {
    heightPx: rowHeightPx,
    keyOf: ({ userId }) => userId,
    draw: (reader, isNew) => this.#row(reader, isNew),
  });
  readonly #reminder = new Reminder((reminded) => this.tellApp('seenby-reminded', reminded));
  #tab: ReaderTab = 'read';
  #store: { of: unknown; seq: number; store: ReadersStore } | undefined;
  #listed: readonly unknown[] = [];
  #said: readonly unknown[] = [];
  #texts: Texts | undefined;

  constructor() {
    super();
    const chart = h('div', { class: 'chart' }, this.#curve.element, this.#figures);
    const tools = h('div', { class: 'tools' }, this.#search, this.#download);
    const { element: reminder } = this.#reminder;
    this.root.append(chart, this.#tabs.element, tools, this.#state, this.#list, reminder);
    this.#search.addEventListener('input', () => this.changed());
    this.#download.addEventListener('click', () => this.#save());
  }

  /** The readers of its message, as the SDK has them. */
  get readers(): Readers | undefined {
    return this.#current()?.getSnapshot();
  }

  protected styles(): string {
    return readersCss;
  }

  protected override sources() {
    return [this.group, this.#current()];
  }

  protected override released(): void {
    this.#curve.stop();
    this.#rows.stop();
    this.#reminder.stop();
  }

  protected render(texts: Texts): void {
    const { readers } = this;
    this.#texts = texts;
    const { status = 'loading', others } = readers ?? {};
    // The lists are empty then as well.
    const isUnknown = status !== 'ready' && !others?.total;
    setAttributes(this, { status, 'data-unknown': isUnknown ? '' : undefined });
    setAttributes(this.#search, {
      placeholder: texts.searchPeople,
      'aria-label': texts.searchPeople,
    });
    setAttributes(this.#download, { title: texts.downloadCsv, 'aria-label': texts.downloadCsv });
    if (!readers || !this.group) return;
    this.#drawChart(readers, texts);
    this.#tabs.draw(this.#tab, readers, texts);
    this.#drawList(readers, texts);
    this.#drawReminder(readers, texts);
  }

  #current(): ReadersStore | undefined {
    const { group, seq } = this;
    if (this.#store?.of !== group || this.#store?.seq !== seq) {
      this.#store =
        group && seq !== undefined ? { of: group, seq, store: group.watchReaders(seq) } : undefined;
    }
    return this.#store?.store;
  }

  #choose(tab: ReaderTab): void {
    this.#tab = tab;
    this.changed();
  }

  #drawChart(readers: Readers, texts: Texts): void {
    const { read, author, others, medianDelayMs, p95DelayMs } = readers;
    const sentAt = author?.readAt ?? undefined;
    const times = read.flatMap(({ readAt }) => (readAt === null ? [] : [readAt]));
    const delaysMs = sentAt === undefined ? [] : times.map((at) => Math.max(0, at - sentAt));
    delaysMs.sort((a, b) => a - b);
    this.#curve.draw({ delaysMs, total: others.total, read: others.read }, texts);
    const figures = [
      { label: texts.median, ms: medianDelayMs },
      { label: texts.p95, ms: p95DelayMs },
    ];
    const shown = figures.flatMap(({ label, ms }) =>
      ms === undefined ? [] : [h('span', {}, label, ' ', h('b', {}, duration(ms, texts)))],
    );
    this.#figures.replaceChildren(...shown);
  }

  #drawList(readers: Readers, texts: Texts): void {
    const list = readers[this.#tab];
    const sought = this.#search.value.trim().toLowerCase();
    const shown = sought === '' ? list : list.filter((reader) => matches(reader, sought));
    this.#startAnew([this.#store, this.#tab, sought], [texts, readers.author?.readAt]);
    setAttributes(this.#list, { 'aria-labelledby': this.#tab });
    this.#rows.setItems(shown);
    setText(this.#state, this.#stateOf(readers, shown.length, texts));
  }

  /** `what` is listed, and rows say something else where `how` has changed. */
  #startAnew(what: readonly unknown[], how: readonly unknown[]): void {
    if (!areSame(what, this.#listed)) this.#rows.startAnew();
    else if (!areSame(how, this.#said)) this.#rows.redraw();
    this.#listed = what;
    this.#said = how;
  }

  /** What there is to say instead of a list, or besides. */
  #stateOf({ status, error, read }: Readers, shown: number, texts: Texts): string {
    if (status === 'refused') {
      return error?.code === 'FORBIDDEN' ? texts.receiptsPrivate : texts.receiptsGone;
    }
    if (status === 'offline') return texts.receiptsOffline;
    if (shown > 0) return '';
    if (status === 'loading') return texts.loadingReaders;
    if (this.#search.value !== '') return texts.noMatch;
    return read.length === 0 && this.#tab === 'read' ? texts.nobodyYet : texts.nobody;
  }

  #drawReminder({ author, others, status }: Readers, texts: Texts): void {
    const { group, seq } = this;
    const role = group?.getSnapshot().status?.role;
    const isOwn = author !== undefined && author.userId === this.client?.getSnapshot().userId;
    const mayRemind = status !== 'refused' && (isOwn || role === 'owner' || role === 'admin');
    this.#reminder.element.toggleAttribute('data-allowed', mayRemind);
    if (group && seq !== undefined && mayRemind)
      this.#reminder.draw({ group, seq, unread: others.unread, texts });
    else this.#reminder.stop();
  }

  #row(reader: Reader, isNew: boolean): HTMLElement {
    const sentAt = this.readers?.author?.readAt ?? undefined;
    const texts = this.#texts as Texts;
    const row = readerRow(reader, { tab: this.#tab, sentAt, texts });
    row.classList.toggle('new', isNew);
    return row;
  }

  #save(): void {
    const { readers } = this;
    if (!readers) return;
    const { author, read, delivered, notYet, seq } = readers;
    const lines = [...(author ? [author] : []), ...read, ...delivered, ...notYet];
    saveCsv(`receipts-${seq}.csv`, toCsv(lines));
  }
}

const matches = (reader: Reader, sought: string): boolean =>
  `${nameOf(reader)} ${reader.userId}`.toLowerCase().includes(sought);

const downloadIcon = (): SVGSVGElement =>
  svg(
    'svg',
    { viewBox: '0 0 16 16', class: 'icon', 'aria-hidden': 'true' },
    svg('path', { d: 'M8 2v8M4.8 7 8 10.2 11.2 7M2.5 13.5h11' }),
  );
