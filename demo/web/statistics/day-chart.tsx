import { useState } from 'react';
import { useRovingFocus } from '../parts/roving-focus.ts';
import { Choice } from '../settings/choice.tsx';
import { useTexts } from '../text/language.tsx';
import { numericDay, percent, shortDay, shortDuration } from './shown-values.ts';
import type { DayStatistics } from './statistics.ts';

const maxLabels = 7;

const metrics = ['readRate', 'delay'] as const;
type Metric = (typeof metrics)[number];

/** A bar for each day; the one under the pointer, or with the focus, is told in words below. */
export function DayChart({ days }: { days: readonly DayStatistics[] }) {
  const { statistics } = useTexts();
  const [metric, setMetric] = useState<Metric>('readRate');
  const [looked, setLooked] = useState<string>();
  const roving = useRovingFocus<HTMLUListElement>('button', 'last');
  const shown = days.find(({ day }) => day === looked) ?? days.at(-1);
  const labelEvery = Math.ceil(days.length / maxLabels);
  const max = Math.max(1, ...days.map((each) => heightOf(each, metric)));
  return (
    <section className="day-chart" aria-label={statistics.perDay}>
      <header>
        <h3>{metric === 'readRate' ? statistics.byRate : statistics.byDelay}</h3>
        <Choice
          isRow
          legend={statistics.showing}
          value={metric}
          options={metrics.map((value) => ({ value, label: statistics.metric[value] }))}
          onChoose={(chosen) => setMetric(chosen)}
        />
      </header>
      <ul {...roving} onMouseLeave={() => setLooked(undefined)}>
        {days.map((each, i) => (
          <DayBar
            key={each.day}
            {...{ day: each, metric, max }}
            isShown={each === shown}
            hasLabel={(days.length - 1 - i) % labelEvery === 0}
            onLook={setLooked}
          />
        ))}
      </ul>
      <p className="dialog-hint day-in-words">
        <span aria-hidden>{shown && <DayInWords day={shown} />}</span>
        <span>{statistics.utc}</span>
      </p>
    </section>
  );
}

interface DayBarProps {
  day: DayStatistics;
  metric: Metric;
  max: number;
  isShown: boolean;
  hasLabel: boolean;
  onLook(day: string): void;
}

function DayBar({ day, metric, max, isShown, hasLabel, onLook }: DayBarProps) {
  const { locale } = useTexts();
  const height = `${(100 * heightOf(day, metric)) / max}%`;
  const read = metric === 'readRate' ? `${100 * day.readRate}%` : '100%';
  return (
    <li>
      <button
        type="button"
        data-day={day.day}
        data-shown={isShown}
        onMouseEnter={() => onLook(day.day)}
        onFocus={() => onLook(day.day)}
        onClick={() => onLook(day.day)}
      >
        <span className="sr-only">
          <DayInWords day={day} />
        </span>
        <span className="bar-space" aria-hidden>
          <span className="bar" style={{ height }}>
            <span className="bar-read" style={{ height: read }} />
          </span>
        </span>
        <span className="bar-day" aria-hidden>
          {hasLabel && numericDay(day.day, locale)}
        </span>
      </button>
    </li>
  );
}

function DayInWords({ day }: { day: DayStatistics }) {
  const { statistics, locale } = useTexts();
  const { medianReadDelayMs } = day;
  const median =
    medianReadDelayMs === null ? statistics.noDelay : shortDuration(medianReadDelayMs, locale);
  const name = shortDay(day.day, locale);
  return statistics.dayIs(name, day.messages, percent(day.readRate, locale), median);
}

function heightOf({ messages, medianReadDelayMs }: DayStatistics, metric: Metric): number {
  return metric === 'readRate' ? messages : (medianReadDelayMs ?? 0);
}
