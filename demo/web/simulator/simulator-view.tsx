import { useSeenbyState } from '@seenby/client/react';
import { BackButton } from '../shell/back-button.tsx';
import { usePage } from '../shell/page-context.ts';
import { useTexts } from '../text/language.tsx';
import { Controls } from './controls.tsx';
import { LatencyTable } from './latency-table.tsx';
import { Pane } from './pane.tsx';
import { useSimulation } from './use-simulation.ts';
import { useSteadyAuthor } from './use-steady-author.ts';

/** Hundreds of real clients read what an author writes; seen from both ends. */
export default function SimulatorView() {
  const texts = useTexts();
  const { identity } = usePage();
  return (
    <main className="simulator">
      <header className="group-header">
        <BackButton />
        <h2>{texts.simulator}</h2>
      </header>
      {identity.tokenOf ? <Simulation /> : <p className="alone">{texts.simulatorMissing}</p>}
    </main>
  );
}

function Simulation() {
  const texts = useTexts();
  const { userId } = useSeenbyState();
  const simulation = useSimulation();
  const { session, loadGroup } = simulation;
  const steady = useSteadyAuthor(session, loadGroup?.phase === 'running');
  return (
    <>
      <p className="hint">{texts.simulatorIntro}</p>
      <Controls {...{ simulation, steady, userId }} />
      {session && (
        <>
          <LatencyTable session={session} />
          <div className="panes">
            <Pane title={texts.author} actor={session.author} groupId={session.groupId} />
            <Pane title={texts.reader} actor={session.reader} groupId={session.groupId} />
          </div>
        </>
      )}
    </>
  );
}
