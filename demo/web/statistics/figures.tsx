import type { ReadStats } from '@seenby/client';
import type { ReactNode } from 'react';
import { useTexts } from '../text/language.tsx';
import { percent, shortDuration } from './shown-values.ts';

/** What a group has read, in five figures. */
export function Figures({ figures }: { figures: ReadStats }) {
  const { statistics, locale } = useTexts();
  const { messages, readRate, medianReadDelayMs, averageReadDelayMs, activeReaders } = figures;
  const time = (ms: number | null) => (ms === null ? '–' : shortDuration(ms, locale));
  return (
    <dl className="figures">
      <Figure name={statistics.readRate} id="readRate" hint={statistics.readRateHint}>
        {messages > 0 ? percent(readRate, locale) : '–'}
      </Figure>
      <Figure
        name={statistics.median}
        id="median"
        hint={`${statistics.average} ${time(averageReadDelayMs)}`}
      >
        {time(medianReadDelayMs)}
      </Figure>
      <Figure name={statistics.messages} id="messages">
        {messages.toLocaleString(locale)}
      </Figure>
      <Figure name={statistics.activeReaders} id="activeReaders">
        {activeReaders.toLocaleString(locale)}
      </Figure>
    </dl>
  );
}

interface FigureProps {
  name: string;
  id: string;
  hint?: string;
  children: ReactNode;
}

function Figure({ name, id, hint, children }: FigureProps) {
  return (
    <div className="figure" data-figure={id}>
      <dt>{name}</dt>
      <dd>
        <strong>{children}</strong>
        {hint && <small>{hint}</small>}
      </dd>
    </div>
  );
}
