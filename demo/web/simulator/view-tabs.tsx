import type { KeyboardEvent } from 'react';
import { useTexts } from '../text/language.tsx';

export const views = ['live', 'underTheHood'] as const;
export type View = (typeof views)[number];

/** The two ways to look at a load group; arrow keys go from one to the other. */
export function ViewTabs({ view, onChoose }: { view: View; onChoose(view: View): void }) {
  const { simulation, simulator } = useTexts();
  const onKeyDown = ({ key, currentTarget }: KeyboardEvent<HTMLElement>) => {
    if (key !== 'ArrowRight' && key !== 'ArrowLeft') return;
    const next = view === 'live' ? 'underTheHood' : 'live';
    onChoose(next);
    currentTarget.querySelector<HTMLElement>(`[data-view="${next}"]`)?.focus();
  };
  return (
    <div
      role="tablist"
      className="view-tabs"
      aria-label={simulator}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {views.map((each) => (
        <button
          key={each}
          type="button"
          role="tab"
          id={`view-${each}`}
          data-view={each}
          aria-selected={each === view}
          aria-controls="simulator-view"
          tabIndex={each === view ? 0 : -1}
          onClick={() => onChoose(each)}
        >
          {simulation[each]}
        </button>
      ))}
    </div>
  );
}
