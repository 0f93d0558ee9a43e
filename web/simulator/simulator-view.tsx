import { useSeenbyState } from '../../client/react.ts';
import { BackButton } from '../shell/back-button.tsx';
import { usePage } from '../shell/page-context.ts';
import { useTexts } from '../text/language.tsx';
import { Controls } from './controls.tsx';
import { LatencyTable } from './latency-table.tsx';
import { Pane } from './pane.tsx';
import { useSimulation } from './use-simulation.ts';
import { useSteadyAuthor } from './use-steady-author.ts';

/** Hundreds of real clients read what an author writes; seen from both ends. */
export function SimulatorView() {
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
  const { stage, crowd } = simulation;
  const steady = useSteadyAuthor(stage, crowd?.phase === 'running');
  return (
    <>
      <p className="hint">{texts.simulatorIntro}</p>
      <Controls {...{ simulation, steady, userId }} />
      {stage && (
        <>
          <LatencyTable stage={stage} />
          <div className="panes">
            <Pane title={texts.author} actor={stage.author} groupId={stage.groupId} />
            <Pane title={texts.reader} actor={stage.reader} groupId={stage.groupId} />
          </div>
        </>
      )}
    </>
  );
}
