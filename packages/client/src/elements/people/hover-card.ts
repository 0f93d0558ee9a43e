import { isInDocument } from '../base/tree.ts';
import { placeBeside } from './place-beside.ts';

const showAfterMs = 250;
/** Long enough to get from the anchor to the card. */
const hideAfterMs = 150;
const longPressMs = 500;
const maxDriftPx = 10;

/**
 * A card that explains an element: it is there while the pointer rests on the element or on the card,
 * while the element has the focus of the keyboard, and after a long press. Escape and a press elsewhere
 * close it; so does scrolling, unless the keyboard is there.
 */
export class HoverCard {
  readonly #anchor: HTMLElement;
  readonly #card: HTMLElement;
  readonly #opened: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #whileOpen: AbortController | undefined;
  #isLongPress = false;

  /** `host` holds both, and nothing else that the pointer may rest on. */
  constructor(host: HTMLElement, anchor: HTMLElement, card: HTMLElement, opened: () => void) {
    this.#anchor = anchor;
    this.#card = card;
    this.#opened = opened;
    if ('popover' in card) card.popover = 'manual';
    host.addEventListener('pointerenter', (event) => this.#entered(event));
    host.addEventListener('pointerleave', ({ pointerType }) => {
      // A finger that is lifted leaves as well: what it opened stays.
      if (pointerType !== 'touch') this.#in(hideAfterMs, () => this.close());
    });
    anchor.addEventListener('focus', () => {
      if (anchor.matches(':focus-visible')) this.open();
    });
    anchor.addEventListener('blur', () => this.close());
    this.#listenForLongPress();
  }

  get isShown(): boolean {
    return this.#whileOpen !== undefined;
  }

  open(): void {
    this.#forgetTimer();
    if (this.isShown || !isInDocument(this.#anchor)) return;
    this.#whileOpen = new AbortController();
    this.#card.toggleAttribute('data-shown', true);
    if (this.#card.popover) this.#card.showPopover();
    this.#opened();
    this.place();
    this.#listenForEnd(this.#whileOpen.signal);
  }

  close(): void {
    this.#forgetTimer();
    if (!this.isShown) return;
    this.#isLongPress = false;
    this.#whileOpen?.abort();
    this.#whileOpen = undefined;
    this.#card.toggleAttribute('data-shown', false);
    if (this.#card.popover && isInDocument(this.#card)) this.#card.hidePopover();
  }

  /** To be called when what it holds has changed. */
  place(): void {
    if (this.isShown) placeBeside(this.#anchor, this.#card);
  }

  #entered({ pointerType }: PointerEvent): void {
    if (pointerType !== 'touch') this.#in(this.isShown ? 0 : showAfterMs, () => this.open());
  }

  #listenForLongPress(): void {
    const anchor = this.#anchor;
    let [x, y] = [0, 0];
    anchor.addEventListener('pointerdown', (event) => {
      this.#isLongPress = false;
      [x, y] = [event.clientX, event.clientY];
      if (event.pointerType !== 'touch') return;
      this.#in(longPressMs, () => {
        this.#isLongPress = true;
        this.open();
      });
    });
    anchor.addEventListener('pointermove', ({ clientX, clientY }) => {
      const hasDrifted = !this.isShown && Math.hypot(clientX - x, clientY - y) > maxDriftPx;
      if (hasDrifted && anchor.matches(':active')) this.#forgetTimer();
    });
    for (const type of ['pointerup', 'pointercancel']) {
      anchor.addEventListener(type, (event) => {
        if ((event as PointerEvent).pointerType === 'touch') this.#forgetTimer();
      });
    }
    // Neither the menu of the system nor a click follows.
    anchor.addEventListener('contextmenu', (event) => this.#isLongPress && event.preventDefault());
    anchor.addEventListener(
      'click',
      (event) => this.#isLongPress && event.stopImmediatePropagation(),
    );
  }

  #listenForEnd(signal: AbortSignal): void {
    const outside = (event: Event) => !event.composedPath().includes(this.#card);
    const close = (event: Event) => outside(event) && this.close();
    document.addEventListener('pointerdown', close, { signal, capture: true });
    // The focus of the keyboard scrolls to what it is on: the card goes along.
    const moved = (event: Event) =>
      this.#anchor.matches(':focus-visible') ? this.place() : close(event);
    window.addEventListener('scroll', moved, { signal, capture: true, passive: true });
    window.addEventListener('resize', moved, { signal });
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape') return;
        // A dialog around it stays.
        event.stopImmediatePropagation();
        event.preventDefault();
        this.close();
      },
      { signal, capture: true },
    );
  }

  #in(delayMs: number, run: () => void): void {
    this.#forgetTimer();
    this.#timer = setTimeout(run, delayMs);
  }

  #forgetTimer(): void {
    clearTimeout(this.#timer);
  }
}
