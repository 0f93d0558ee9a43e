import { useEffect, useRef } from 'react';
import { useTexts } from '../../text/language.tsx';
import { FaceSprites } from './face-sprites.ts';

const sizePx = 22;
const shown = ['connected', 'received', 'read'] as const;

/** What the faces mean. */
export function Legend() {
  const { simulation: texts } = useTexts();
  return (
    <figcaption className="legend">
      {shown.map((state) => (
        <span key={state} className="legend-item">
          <Sample state={state} /> {texts.legend[state]}
        </span>
      ))}
    </figcaption>
  );
}

function Sample({ state }: { state: (typeof shown)[number] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const sprites = new FaceSprites(sizePx, devicePixelRatio, getComputedStyle(context.canvas));
    context.canvas.width = context.canvas.height = sizePx * devicePixelRatio;
    context.drawImage(sprites.of(state, 2), 0, 0);
  }, [state]);
  return <canvas ref={canvas} aria-hidden style={{ width: sizePx, height: sizePx }} />;
}
