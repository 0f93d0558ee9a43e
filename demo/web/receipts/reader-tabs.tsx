import type { KeyboardEvent } from 'react';
import { useTexts } from '../text/language.tsx';
import { type ReaderTab, readerTabs } from './reader-lines.ts';

export interface ReaderTabsProps {
  tab: ReaderTab;
  counts: Readonly<Record<ReaderTab, number>> | undefined;
  onChoose(tab: ReaderTab): void;
}

/** The tabs of the panel with their counts; arrow keys go from one to the next. */
export function ReaderTabs({ tab, counts, onChoose }: ReaderTabsProps) {
  const texts = useTexts();
  const names = { read: texts.tabRead, delivered: texts.tabDelivered, unread: texts.tabUnread };
  const onKeyDown = ({ key, currentTarget }: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    const next = readerTabs[(readerTabs.indexOf(tab) + (step ?? 0) + 3) % 3];
    if (step === undefined || !next) return;
    onChoose(next);
    currentTarget.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  };
  return (
    <div role="tablist" className="tabs" tabIndex={-1} onKeyDown={onKeyDown}>
      {readerTabs.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          id={`tab-${each}`}
          data-tab={each}
          aria-selected={each === tab}
          aria-controls="readers"
          tabIndex={each === tab ? 0 : -1}
          onClick={() => onChoose(each)}
        >
          {names[each]} <span data-count={each}>{counts?.[each] ?? ''}</span>
        </button>
      ))}
    </div>
  );
}
