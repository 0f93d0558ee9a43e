import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useLanguage } from '../../text/language.tsx';
import { duration } from '../../text/times.ts';
import type { LiveRun } from '../session/live-run.ts';
import { cellOf, faceAt } from './face-grid.ts';
import { FacePainter } from './face-painter.ts';
import type { Faces } from './faces.ts';

/** A face for each member; before a start, so many that sleep. */
export function FaceCanvas({ run, members }: { run: LiveRun | undefined; members: number }) {
  const { texts } = useLanguage();
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<FacePainter>(undefined);
  const [chosen, setChosen] = useState<number>();
  const faces = run?.faces;
  const count = faces?.count ?? members;
  useEffect(() => {
    if (!canvas.current) return;
    const drawn = paint(canvas.current, faces, count);
    painter.current = drawn.painter;
    return drawn.stop;
  }, [faces, count]);
  const move = (event: PointerEvent) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    const { grid } = painter.current ?? {};
    setChosen(grid && faceAt(grid, count, event.clientX - left, event.clientY - top));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = stepOf(event.key, chosen ?? 0, count, painter.current?.grid.columns ?? 1);
    if (next === undefined) return;
    event.preventDefault();
    setChosen(next);
  };
  const { simulation } = texts;
  const said =
    chosen === undefined || !faces ? simulation.facesHint : describe(faces, chosen, simulation);
  return (
    <div
      className="face-grid"
      role="slider"
      tabIndex={0}
      aria-label={simulation.faces}
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={(chosen ?? 0) + 1}
      aria-valuetext={said}
      onKeyDown={onKeyDown}
      onPointerMove={move}
      onPointerLeave={() => setChosen(undefined)}
      onBlur={() => setChosen(undefined)}
      data-lit={faces?.reads ?? 0}
    >
      <canvas ref={canvas} aria-hidden />
      {chosen !== undefined && faces && painter.current && (
        <Card painter={painter.current} face={chosen} text={said} />
      )}
    </div>
  );
}

/** Name and state, beside the face. */
function Card({ painter, face, text }: { painter: FacePainter; face: number; text: string }) {
  const { x, y } = cellOf(painter.grid, face);
  const { cellPx } = painter.grid;
  return (
    <>
      <span className="face-ring" style={{ left: x, top: y, width: cellPx, height: cellPx }} />
      <span className="face-card" style={{ left: x + cellPx / 2, top: y }}>
        {text}
      </span>
    </>
  );
}

function paint(canvas: HTMLCanvasElement, faces: Faces | undefined, count: number) {
  const painter = new FacePainter({
    ...{ canvas, count },
    stateOf: (face) => faces?.at(face)?.state ?? 'away',
    isAnimated: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  });
  const stopWatching = faces?.watch((face) => painter.touch(face));
  const size = new ResizeObserver(() => painter.resize());
  size.observe(canvas);
  // The colours of the page are those of its theme.
  const theme = new MutationObserver(() => painter.resize());
  theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  const recolour = () => painter.resize();
  scheme.addEventListener('change', recolour);
  const stop = () => {
    stopWatching?.();
    size.disconnect();
    theme.disconnect();
    scheme.removeEventListener('change', recolour);
    painter.stop();
  };
  return { painter, stop };
}

/** Undefined for a key that goes nowhere. */
function stepOf(key: string, from: number, count: number, columns: number): number | undefined {
  const to = {
    ...{ ArrowRight: from + 1, ArrowLeft: from - 1, ArrowDown: from + columns },
    ...{ ArrowUp: from - columns, Home: 0, End: count - 1 },
  }[key];
  return to === undefined ? undefined : Math.max(0, Math.min(count - 1, to));
}

type Texts = ReturnType<typeof useLanguage>['texts']['simulation'];

function describe(faces: Faces, face: number, texts: Texts): string {
  const { name, state, readAfterMs } = faces.at(face) ?? { name: '', state: 'away' };
  const how =
    readAfterMs === undefined ? texts.states[state] : texts.readAfter(duration(readAfterMs));
  return `${name}: ${how}`;
}
