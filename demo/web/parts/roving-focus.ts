import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react';

const steps: Readonly<Record<string, number>> = {
  ...{ ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity, PageDown: 8, PageUp: -8 },
};

export interface RovingFocus<E extends HTMLElement> {
  ref: RefObject<E | null>;
  onKeyDown(event: KeyboardEvent): void;
  onFocus(event: { target: EventTarget }): void;
}

/**
 * Makes a list one stop of the Tab key: arrow keys, Home and End go from one item to the next.
 * `selector` finds the items; `begin` says which of them Tab comes to first. The attribute `tabindex`
 * is written here alone.
 */
export function useRovingFocus<E extends HTMLElement>(
  selector: string,
  begin: 'first' | 'last' = 'first',
): RovingFocus<E> {
  const ref = useRef<E>(null);
  const itemsOf = () => [...(ref.current?.querySelectorAll<HTMLElement>(selector) ?? [])];
  // After each drawing: items come and go, the one with the focus among them.
  useLayoutEffect(() => {
    const items = itemsOf();
    const stop =
      items.find(({ tabIndex, dataset }) => tabIndex === 0 && dataset.stop) ??
      items.at(begin === 'first' ? 0 : -1);
    for (const item of items) item.tabIndex = item === stop ? 0 : -1;
  });
  const onFocus = ({ target }: { target: EventTarget }) => {
    const item = (target as Element).closest<HTMLElement>(selector);
    if (!item) return;
    for (const each of itemsOf()) {
      each.tabIndex = each === item ? 0 : -1;
      if (each === item) each.dataset.stop = 'true';
      else delete each.dataset.stop;
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const items = itemsOf();
    const at = items.indexOf(event.target as HTMLElement);
    // What is inside an item, such as a field, has these keys for itself.
    if (step === undefined || at < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    items[Math.max(0, Math.min(items.length - 1, at + step))]?.focus();
  };
  return { ref, onKeyDown, onFocus };
}
