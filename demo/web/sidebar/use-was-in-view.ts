import { useEffect, useRef, useState } from 'react';

/** Whether an element has been in view: what is asked for each line of a long list waits for that. */
export function useWasInView<E extends Element>() {
  const ref = useRef<E>(null);
  const [wasInView, setWasInView] = useState(false);
  useEffect(() => {
    if (wasInView || !ref.current) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setWasInView(true);
    });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [wasInView]);
  return { ref, wasInView };
}
