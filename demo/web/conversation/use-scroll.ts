import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Opening } from './use-opening.ts';

/** How near to an edge counts as being there, in pixels. */
const nearPx = 40;
const loadAheadPx = 600;

export interface Scroll {
  /** Goes to what scrolls. */
  ref: RefObject<HTMLElement | null>;
  /** Goes to an empty element above the first message. */
  topRef: RefObject<HTMLDivElement | null>;
  isAtEnd: boolean;
  isFirstNewAbove: boolean;
  toEnd(): void;
  toFirstNew(): void;
}

/**
 * Where a conversation is scrolled to. The element lays its content out from the end
 * (`column-reverse`), so the browser itself keeps it at the end as messages come, and in place as
 * older ones are loaded above.
 */
export function useScroll({ firstNewSeq, hasOlder, loadOlder, loadBackTo }: Opening): Scroll {
  const ref = useRef<HTMLElement>(null);
  const topRef = useRef<HTMLDivElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const [isFirstNewAbove, setIsFirstNewAbove] = useState(false);

  const look = useCallback(() => {
    const element = ref.current;
    if (!element) return;
    setIsAtEnd(element.scrollTop > -nearPx);
    setIsFirstNewAbove(isAbove(element, firstNewSeq));
  }, [firstNewSeq]);

  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    look();
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [look]);

  useEffect(() => {
    const [root, top] = [ref.current, topRef.current];
    if (!root || !top || !hasOlder) return;
    const observer = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && void loadOlder().then(look),
      { root, rootMargin: `${loadAheadPx}px 0px 0px 0px` },
    );
    observer.observe(top);
    return () => observer.disconnect();
  }, [hasOlder, loadOlder, look]);

  const toFirstNew = useCallback(() => {
    if (firstNewSeq === undefined) return;
    void loadBackTo(firstNewSeq).then(() => {
      // The messages just loaded are drawn with the next frame.
      requestAnimationFrame(() =>
        itemOf(ref.current, firstNewSeq)?.scrollIntoView({ block: 'center' }),
      );
    });
  }, [firstNewSeq, loadBackTo]);

  // Opened with something new in it: begin there, as a reader would.
  useEffect(() => toFirstNew(), [toFirstNew]);

  const toEnd = useCallback(() => {
    ref.current?.scrollTo({ top: 0, behavior: 'instant' });
  }, []);
  return { ref, topRef, isAtEnd, isFirstNewAbove, toEnd, toFirstNew };
}

const itemOf = (element: HTMLElement | null, seq: number): Element | undefined =>
  element?.querySelector(`[data-seq="${seq}"]`) ?? undefined;

/** Not loaded yet means further up. */
function isAbove(element: HTMLElement, seq: number | undefined): boolean {
  if (seq === undefined) return false;
  const item = itemOf(element, seq);
  return !item || item.getBoundingClientRect().bottom < element.getBoundingClientRect().top;
}
