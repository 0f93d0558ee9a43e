import type { GroupHandle } from '../groups/group-handle.ts';
import { Dwell } from '../read-state/dwell.ts';
import type { Off } from '../transport/emitter.ts';

export type { Off };

/** What `trackReads` uses of a group. */
export type TrackedGroup = Pick<GroupHandle, 'markSeen' | 'isReadingSuspended' | 'subscribeState'>;

const attribute = 'data-seq';
const seqOf = (element: Element): number => Number(element.getAttribute(attribute));

interface Span {
  top: number;
  bottom: number;
}

/**
 * Marks messages as read that the user has really seen: for half a second, at least half of the
 * message or its end, in a page that is visible and has the focus. `element` is what scrolls, and
 * each message in it carries its seq in the attribute `data-seq`. What is scrolled over stays
 * unread, and nothing is read after `markUnread` until the user says so. Returns what ends it.
 */
export function trackReads(group: TrackedGroup, element: Element): Off {
  const tracking = new ReadTracking(group, element);
  return () => tracking.stop();
}

/** Often enough for half a second, seldom enough for long lists. */
const lookEveryMs = 100;

class ReadTracking {
  readonly #group: TrackedGroup;
  readonly #element: Element;
  readonly #dwell = new Dwell();
  readonly #mutations: MutationObserver;
  readonly #listening = new AbortController();
  readonly #stopListening: Off;
  #nextLook: { at: number; timer: ReturnType<typeof setTimeout> } | undefined;

  constructor(group: TrackedGroup, element: Element) {
    this.#group = group;
    this.#element = element;
    this.#mutations = new MutationObserver(() => this.#lookIn(lookEveryMs));
    this.#mutations.observe(element, {
      ...{ childList: true, subtree: true, attributes: true, attributeFilter: [attribute] },
    });
    this.#stopListening = group.subscribeState(() => this.#lookIn(lookEveryMs));
    this.#listen();
    this.#look();
  }

  stop(): void {
    this.#mutations.disconnect();
    this.#listening.abort();
    this.#stopListening();
    clearTimeout(this.#nextLook?.timer);
  }

  #listen(): void {
    const { signal } = this.#listening;
    const soon = () => this.#lookIn(lookEveryMs);
    const now = () => this.#look();
    // Neither event bubbles: whatever scrolls around the messages, or grows among them, is heard
    // on its way down.
    window.addEventListener('scroll', soon, { signal, capture: true, passive: true });
    this.#element.addEventListener('load', soon, { signal, capture: true });
    window.addEventListener('resize', soon, { signal });
    window.addEventListener('focus', now, { signal });
    window.addEventListener('blur', now, { signal });
    document.addEventListener('visibilitychange', now, { signal });
  }

  #lookIn(delayMs: number): void {
    const at = performance.now() + delayMs;
    if (this.#nextLook && this.#nextLook.at <= at) return;
    clearTimeout(this.#nextLook?.timer);
    this.#nextLook = { at, timer: setTimeout(() => this.#look(), delayMs) };
  }

  #look(): void {
    clearTimeout(this.#nextLook?.timer);
    this.#nextLook = undefined;
    const now = performance.now();
    this.#dwell.see(this.#seqsInView(), now);
    const due = this.#dwell.takeDue(now);
    const { nextDueAt } = this.#dwell;
    if (nextDueAt !== undefined) this.#lookIn(nextDueAt - now);
    if (due.length > 0) this.#group.markSeen(due);
  }

  #seqsInView(): number[] {
    if (document.visibilityState !== 'visible' || !document.hasFocus()) return [];
    if (this.#group.isReadingSuspended) return [];
    const { top, bottom } = this.#element.getBoundingClientRect();
    const view = { top: Math.max(0, top), bottom: Math.min(window.innerHeight, bottom) };
    const messages = [...this.#element.querySelectorAll(`[${attribute}]`)];
    const seen = messages.filter((each) => isSeen(each.getBoundingClientRect(), view));
    return seen.map(seqOf).filter((seq) => seq > 0);
  }
}

/** At least half of it; or its end, of one that is taller than the view. */
function isSeen({ top, bottom }: Span, view: Span): boolean {
  const visible = Math.min(bottom, view.bottom) - Math.max(top, view.top);
  const endIsSeen = bottom > view.top && bottom <= view.bottom + 1;
  return visible > 0 && (endIsSeen || visible >= (bottom - top) / 2);
}
