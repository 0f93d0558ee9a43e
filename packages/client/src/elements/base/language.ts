import type { Off } from '../../transport/emitter.ts';
import { nearest } from './tree.ts';

/** The `lang` of the nearest element that has one; English without any. */
export const languageOf = (element: Element): string =>
  nearest(element, (node) => (node as Partial<Element>).getAttribute?.('lang') || undefined) ??
  'en';

const listeners = new Set<() => void>();
let observer: MutationObserver | undefined;

/** Calls back when a `lang` of the document has changed, or `tellLanguage` was called. */
export function onLanguage(listener: () => void): Off {
  listeners.add(listener);
  if (!observer) {
    observer = new MutationObserver(tellLanguage);
    observer.observe(document, { subtree: true, attributes: true, attributeFilter: ['lang'] });
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    observer?.disconnect();
    observer = undefined;
  };
}

export function tellLanguage(): void {
  for (const listener of listeners) listener();
}
