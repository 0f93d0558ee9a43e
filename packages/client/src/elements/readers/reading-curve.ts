import { h, setAttributes, setText, svg } from '../base/dom.ts';
import type { Texts } from '../text/texts.ts';
import { duration } from '../text/times.ts';
import { type CurveBox, countUpTo, stepPath, TimeScale } from './curve-scale.ts';

export interface CurveData {
  /** How long after the message was sent each has read it, ascending. */
  readonly delaysMs: readonly number[];
  /** Everybody who may read it. */
  readonly total: number;
  /** Who has read it; more than there are delays where some times are unknown. */
  readonly read: number;
}

const heightPx = 96;
/** Of a step by the arrow keys. */
const stepShare = 0.02;
const percent = (read: number, total: number): string =>
  `${Math.round((100 * read) / Math.max(1, total))}%`;

/**
 * How many percent had read a message by when; the time is stretched at its beginning. A dashed line
 * goes on from the last read, for those who have not read it yet. Pointer and arrow keys ask for one
 * moment.
 */
export class ReadingCurve {
  readonly #area = svg('path', { class: 'area' });
  readonly #line = svg('path', { class: 'line' });
  readonly #dashes = svg('path', { class: 'dashes' });
  readonly #cross = svg('path', { class: 'cross' });
  readonly #dot = svg('circle', { class: 'dot', r: 4 });
  readonly #drawing = svg('svg', { 'aria-hidden': 'true' });
  readonly #marks = h('div', { class: 'marks', 'aria-hidden': 'true' });
  readonly #notYet = h('span', { class: 'not-yet', 'aria-hidden': 'true' });
  readonly #said = h('span', { class: 'said', 'aria-hidden': 'true' });
  readonly #plot = h(
    'div',
    { class: 'plot', role: 'slider', tabindex: 0, 'aria-valuemin': 0, 'aria-valuemax': 100 },
    this.#drawing,
    this.#notYet,
    this.#said,
  );
  readonly element = h('div', { class: 'curve', part: 'curve' }, levels(), this.#plot, this.#marks);
  readonly #resizes = new ResizeObserver(() => this.#redraw());
  #data: CurveData = { delaysMs: [], total: 0, read: 0 };
  #texts: Texts | undefined;
  #scale = new TimeScale(0);
  /** Where it is asked, from 0 to 1. */
  #share: number | undefined;

  constructor() {
    this.#drawing.append(this.#area, this.#dashes, this.#line, this.#cross, this.#dot);
    this.#plot.addEventListener('pointermove', ({ clientX }) => this.#point(clientX));
    this.#plot.addEventListener('pointerdown', ({ clientX }) => this.#point(clientX));
    this.#plot.addEventListener('pointerleave', () => this.#ask(undefined));
    this.#plot.addEventListener('blur', () => this.#ask(undefined));
    this.#plot.addEventListener('keydown', (event) => this.#onKey(event));
  }

  draw(data: CurveData, texts: Texts): void {
    this.#data = data;
    this.#texts = texts;
    this.#scale = new TimeScale(data.delaysMs.at(-1) ?? 0, data.read >= data.total);
    // Told of its first size as well, and of nothing once the element is gone.
    this.#resizes.observe(this.#plot);
    this.#redraw();
  }

  stop(): void {
    this.#resizes.disconnect();
  }

  get #box(): CurveBox {
    return { width: this.#plot.clientWidth, height: heightPx };
  }

  #redraw(): void {
    const { delaysMs, total, read } = this.#data;
    const { width, height } = this.#box;
    if (!this.#texts || width === 0) return;
    const path = stepPath(delaysMs, total, this.#scale, { width, height });
    const lastX = this.#scale.shareOf(delaysMs.at(-1) ?? 0) * width;
    const lastY = this.#yOf(read);
    setAttributes(this.#drawing, { viewBox: `0 0 ${width} ${height}`, width, height });
    setAttributes(this.#line, { d: path });
    setAttributes(this.#area, { d: `${path}V${height}Z` });
    const isOver = read >= total;
    setAttributes(this.#dashes, { d: isOver ? undefined : `M${lastX} ${lastY}H${width}` });
    setText(this.#notYet, isOver ? '' : this.#texts.notYetRead(total - read));
    this.#notYet.style.top = `${lastY < 24 ? lastY + 4 : lastY - 20}px`;
    this.#marks.replaceChildren(...this.#marksFor(this.#texts));
    this.#showAsked();
  }

  #marksFor(texts: Texts): HTMLElement[] {
    return this.#scale.marks().map(({ ms, share }) => {
      const mark = h('span', {}, duration(ms, texts));
      mark.style.left = `${share * 100}%`;
      return mark;
    });
  }

  #yOf(readers: number): number {
    return heightPx * (1 - readers / Math.max(1, this.#data.total));
  }

  #point(clientX: number): void {
    const { left, width } = this.#plot.getBoundingClientRect();
    this.#ask(Math.max(0, Math.min(1, (clientX - left) / Math.max(1, width))));
  }

  #ask(share: number | undefined): void {
    this.#share = share;
    this.#showAsked();
  }

  #onKey(event: KeyboardEvent): void {
    const steps = new Map<string, number>([
      ...([
        ['ArrowRight', stepShare],
        ['ArrowUp', stepShare],
      ] as const),
      ...([
        ['ArrowLeft', -stepShare],
        ['ArrowDown', -stepShare],
      ] as const),
      ...([
        ['Home', -1],
        ['End', 1],
      ] as const),
    ]);
    const step = steps.get(event.key);
    if (step === undefined) return;
    event.preventDefault();
    this.#ask(Math.max(0, Math.min(1, (this.#share ?? 0) + step)));
  }

  #showAsked(): void {
    const texts = this.#texts;
    if (!texts) return;
    const { delaysMs, total, read } = this.#data;
    const share = this.#share;
    const delay = this.#scale.delayAt(share ?? 1);
    const readers = share === undefined ? read : countUpTo(delaysMs, delay);
    const said = `${texts.afterTime(duration(delay, texts))} · ${percent(readers, total)} · ${readers}/${total}`;
    setAttributes(this.#plot, {
      'aria-label': texts.readingOverTime,
      'aria-valuenow': Math.round((share ?? 1) * 100),
      'aria-valuetext': share === undefined ? texts.curveSummary(read, total) : said,
    });
    this.element.toggleAttribute('data-asked', share !== undefined);
    if (share === undefined) return;
    const { width, height } = this.#box;
    setAttributes(this.#cross, { d: `M${share * width} 0V${height}` });
    setAttributes(this.#dot, { cx: share * width, cy: this.#yOf(readers) });
    setText(this.#said, said);
    const half = this.#said.offsetWidth / 2;
    this.#said.style.left = `${Math.max(0, Math.min(share * width - half, width - 2 * half))}px`;
  }
}

const levels = (): HTMLElement =>
  h(
    'div',
    { class: 'levels', 'aria-hidden': 'true' },
    ...['100%', '50%', '0%'].map((level) => h('span', {}, level)),
  );
