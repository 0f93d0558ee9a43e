import { type PointerEvent, useRef } from 'react';

const pressMs = 450;
/** Whoever moves further scrolls. */
const maxMovePx = 10;

/** For a finger that rests on something, as a mouse has hover and buttons. */
export function useLongPress(onPress: (element: HTMLElement) => void) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number }>(undefined);
  const stop = () => {
    clearTimeout(press.current?.timer);
    press.current = undefined;
  };
  return {
    onPointerDown({
      pointerType,
      clientX: x,
      clientY: y,
      currentTarget,
    }: PointerEvent<HTMLElement>) {
      if (pointerType !== 'touch') return;
      press.current = { timer: setTimeout(() => onPress(currentTarget), pressMs), x, y };
    },
    onPointerMove({ clientX, clientY }: PointerEvent) {
      const { x = clientX, y = clientY } = press.current ?? {};
      if (Math.hypot(clientX - x, clientY - y) > maxMovePx) stop();
    },
    onPointerUp: stop,
    onPointerCancel: stop,
  };
}
