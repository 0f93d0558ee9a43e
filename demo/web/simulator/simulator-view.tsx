import { useEffect, useState } from 'react';
import { BackButton } from '../shell/back-button.tsx';
import { usePage } from '../shell/page-context.ts';
import { useTexts } from '../text/language.tsx';
import { Controls } from './controls.tsx';
import { LiveView } from './live-view.tsx';
import { firstChoice } from './paces.ts';
import { Panes } from './panes/panes.tsx';
import { useSimulation } from './use-simulation.ts';
import { type View, ViewTabs } from './view-tabs.tsx';

/** Hundreds of real clients read what an author writes. */
export default function SimulatorView() {
  const texts = useTexts();
  const { identity } = usePage();
  const [view, setView] = useState<View>('live');
  return (
    <main className="simulator">
      <header className="group-header">
        <BackButton />
        <h2>{texts.simulator}</h2>
        {identity.tokenOf && <ViewTabs view={view} onChoose={setView} />}
      </header>
      {identity.tokenOf ? (
        <Simulation view={view} />
      ) : (
        <p className="alone">{texts.simulation.missing}</p>
      )}
    </main>
  );
}

function Simulation({ view }: { view: View }) {
  const simulation = useSimulation();
  const [choice, setChoice] = useState(firstChoice);
  const { run, loadGroup } = simulation;
  const isLive = view === 'live';
  useEffect(() => {
    if (run) run.readsAtOnce = isLive;
  }, [run, isLive]);
  return (
    <div
      id="simulator-view"
      role="tabpanel"
      aria-labelledby={`view-${view}`}
      className="simulation"
      data-view={view}
      data-phase={loadGroup?.phase ?? 'idle'}
    >
      <Controls {...{ simulation, choice }} onChoose={setChoice} />
      {isLive ? (
        <LiveView {...{ simulation }} members={choice.members} />
      ) : (
        <Panes {...{ simulation }} />
      )}
    </div>
  );
}
