import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { anchorIn, movedBy, restoreAnchor, type ScrollAnchor } from './scroll-anchor.ts';
import type { Opening } from './use-opening.ts';

/** How near to the end counts as being there, in pixels. */
const nearPx = 40;
const loadAheadPx = 600;

export interface Scroll {
  /** Goes to what scrolls. */
  ref: RefObject<HTMLElement | null>;
  /** Goes to what is in it, all messages. */
  contentRef: RefObject<HTMLDivElement | null>;
  /** Goes to an empty element above the first message. */
  topRef: RefObject<HTMLDivElement | null>;
  isAtEnd: boolean;
  isFirstNewAbove: boolean;
  toEnd(): void;
  toFirstNew(): void;
}

/**
 * Where a conversation is scrolled to. The element lays its content out from the end
 * (`column-reverse`): there the browser itself keeps it as messages come. Anywhere else the message
 * that is being read stays where it is. `isDrawn`: the messages are on the page.
 */
export function useScroll(opening: Opening, isDrawn: boolean): Scroll {
  const { firstNewSeq, hasOlder, loadOlder, loadBackTo } = opening;
  const ref = useRef<HTMLElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const topRef = useRef<HTMLDivElement>(null);
  const anchor = useRef<ScrollAnchor>(undefined);
  const seen = useRef({ heightPx: 0, scrollTop: 0 });
  const [isAtEnd, setIsAtEnd] = useState(true);
  const [isFirstNewAbove, setIsFirstNewAbove] = useState(false);

  const look = useCallback(() => {
    const element = ref.current;
    if (!element) return;
    seen.current = { heightPx: element.scrollHeight, scrollTop: element.scrollTop };
    const isThere = element.scrollTop > -nearPx;
    anchor.current = isThere ? undefined : anchorIn(element, '[data-seq]');
    setIsAtEnd(isThere);
    setIsFirstNewAbove(isAbove(element, firstNewSeq));
  }, [firstNewSeq]);

  useEffect(() => {
    const [element, content] = [ref.current, contentRef.current];
    if (!element || !content || !isDrawn) return;
    const settle = () => {
      if (anchor.current) restoreAnchor(element, anchor.current);
      else element.scrollTop = 0;
      look();
    };
    const scrolled = () => {
      const { heightPx, scrollTop } = seen.current;
      if (!anchor.current || element.scrollHeight === heightPx) return look();
      // Something came in this frame and has moved everything: the observer, which is told next, puts it back.
      anchor.current = movedBy(anchor.current, scrollTop - element.scrollTop);
      seen.current.scrollTop = element.scrollTop;
    };
    const observer = new ResizeObserver(settle);
    observer.observe(content);
    observer.observe(element);
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', scrolled);
    };
  }, [look, isDrawn]);

  useEffect(() => {
    const [root, top] = [ref.current, topRef.current];
    if (!root || !top || !hasOlder || !isDrawn) return;
    const observer = new IntersectionObserver(
      ([entry]) => entry?.isIntersecting && void loadOlder(),
      { root, rootMargin: `${loadAheadPx}px 0px 0px 0px` },
    );
    observer.observe(top);
    return () => observer.disconnect();
  }, [hasOlder, loadOlder, isDrawn]);

  const toFirstNew = useCallback(async () => {
    if (firstNewSeq === undefined) return;
    await loadBackTo(firstNewSeq);
    // The messages just loaded are drawn with the next frame.
    await new Promise(requestAnimationFrame);
    const line = ref.current?.querySelector('[data-line="new"]');
    line?.scrollIntoView({ block: 'start' });
    look();
  }, [firstNewSeq, loadBackTo, look]);

  // Opened with something new in it: begin there, as a reader would.
  useEffect(() => {
    if (isDrawn) void toFirstNew();
  }, [toFirstNew, isDrawn]);

  const toEnd = useCallback(() => {
    anchor.current = undefined;
    ref.current?.scrollTo({ top: 0, behavior: 'instant' });
  }, []);
  return { ref, contentRef, topRef, isAtEnd, isFirstNewAbove, toEnd, toFirstNew };
}

/** Not loaded yet means further up. */
function isAbove(element: HTMLElement, seq: number | undefined): boolean {
  if (seq === undefined) return false;
  const item = element.querySelector(`[data-seq="${seq}"]`);
  return !item || item.getBoundingClientRect().bottom < element.getBoundingClientRect().top;
}
