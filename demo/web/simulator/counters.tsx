import type { ReactNode } from 'react';
import { useTexts } from '../text/language.tsx';
import { duration } from '../text/times.ts';
import type { LiveSnapshot } from './session/live-snapshot.ts';
import type { Comparison } from './session/so-far.ts';

/** What the message has taken so far, beside what it would take otherwise. */
export function Counters({ live }: { live: LiveSnapshot }) {
  const { simulation: texts } = useTexts();
  const { soFar, latency, messages } = live;
  const none = { seenby: 0, matrix: 0 };
  return (
    <section className="counters" aria-label={texts.counters}>
      <Counter
        name="frames"
        title={texts.frames}
        other={texts.otherFrames}
        figures={soFar?.frames ?? none}
        how={texts.framesHow}
      >
        <FrameTypes frames={live.frames} />
      </Counter>
      <Counter
        name="writeUnits"
        title={texts.writeUnits}
        other={texts.otherUnits}
        figures={soFar?.writeUnits ?? none}
        how={texts.unitsHow}
      />
      <Counter
        name="dollars"
        title={texts.dollars}
        other={texts.otherDollars}
        figures={soFar?.dollars ?? none}
        how={texts.dollarsHow}
      />
      <section className="counter" data-counter="latency" aria-label={texts.latency}>
        <h3>{texts.latency}</h3>
        {latency ? (
          <>
            <p className="percentiles">
              <b>{duration(latency.p50Ms)}</b> <span className="name">{texts.median}</span>
              <b>{duration(latency.p95Ms)}</b> <span className="name">{texts.p95}</span>
            </p>
            <p className="how">{texts.latencyHow(latency.count)}</p>
          </>
        ) : (
          <p className="how">{texts.noReads}</p>
        )}
        {messages > 1 && <p className="how">{texts.ofMessages(messages)}</p>}
      </section>
    </section>
  );
}

interface CounterProps {
  name: 'frames' | 'writeUnits' | 'dollars';
  title: string;
  other: string;
  figures: Comparison;
  how: string;
  children?: ReactNode;
}

function Counter({ name, title, other, figures, how, children }: CounterProps) {
  const { locale, simulation: texts } = useTexts();
  const { seenby, matrix } = figures;
  const max = Math.max(seenby, matrix, Number.MIN_VALUE);
  const shown = (figure: number) => shownFigure(figure, name === 'dollars', locale);
  return (
    <section className="counter" data-counter={name} aria-label={title}>
      <h3>
        {title} <Ratio {...figures} isMoney={name === 'dollars'} />
      </h3>
      <dl>
        <div className="counter-row">
          <dt>{texts.seenby}</dt>
          <dd data-figure="seenby">{shown(seenby)}</dd>
          <dd aria-hidden className="counter-bar">
            <span className="counter-fill" style={{ width: `${(100 * seenby) / max}%` }} />
          </dd>
        </div>
        <div className="counter-row other">
          <dt>{other}</dt>
          <dd data-figure="other">{shown(matrix)}</dd>
          <dd aria-hidden className="counter-bar">
            <span className="counter-fill" style={{ width: `${(100 * matrix) / max}%` }} />
          </dd>
        </div>
      </dl>
      <p className="how">{how}</p>
      {children}
    </section>
  );
}

/** How much less it is, or more: neither is hidden. */
function Ratio({ seenby, matrix, isMoney }: Comparison & { isMoney: boolean }) {
  const { simulation: texts } = useTexts();
  if (seenby === 0 || matrix === 0) return null;
  const times = matrix / seenby;
  const shown = (ratio: number) => (ratio < 10 ? ratio.toFixed(1) : String(Math.round(ratio)));
  if (times > 1.05) {
    return <em>{isMoney ? texts.less(shown(times)) : texts.fewer(shown(times))}</em>;
  }
  return (
    <em data-more={times < 0.95}>{times < 0.95 ? texts.more(shown(1 / times)) : texts.same}</em>
  );
}

function shownFigure(figure: number, isMoney: boolean, locale: string): string {
  if (!isMoney) return Math.round(figure).toLocaleString(locale);
  return `$${figure.toLocaleString(locale, { minimumFractionDigits: 4, maximumFractionDigits: 4 })}`;
}

function FrameTypes({ frames }: { frames: LiveSnapshot['frames'] }) {
  const { locale, simulation: texts } = useTexts();
  const byName = new Map<string, number>();
  for (const [type, count] of Object.entries(frames)) {
    const name = texts.frameTypes[type] ?? texts.frameTypes.other ?? type;
    byName.set(name, (byName.get(name) ?? 0) + count);
  }
  const rows = [...byName].sort(([, a], [, b]) => b - a);
  if (rows.length === 0) return null;
  return (
    <details>
      <summary>{texts.whichFrames}</summary>
      <dl className="frame-types">
        {rows.map(([name, count]) => (
          <div key={name} className="frame-type">
            <dt>{name}</dt>
            <dd>{count.toLocaleString(locale)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
