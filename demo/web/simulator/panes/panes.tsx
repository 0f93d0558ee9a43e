import { useTexts } from '../../text/language.tsx';
import type { Simulation } from '../use-simulation.ts';
import { LatencyTable } from './latency-table.tsx';
import { Pane } from './pane.tsx';
import { useSteadyAuthor } from './use-steady-author.ts';

/** The group as its author and as a reader see it, on wires that can be disturbed. */
export function Panes({ simulation }: { simulation: Simulation }) {
  const { simulation: texts } = useTexts();
  const { session, loadGroup } = simulation;
  const steady = useSteadyAuthor(session, loadGroup?.phase === 'running');
  return (
    <>
      <p className="hint">{texts.panes.intro}</p>
      <label className="check">
        <input
          type="checkbox"
          checked={steady.isOn}
          onChange={({ target }) => steady.set(target.checked)}
        />
        {texts.panes.sendEvery}
      </label>
      {session && (
        <>
          <LatencyTable session={session} />
          <div className="panes">
            <Pane title={texts.author} actor={session.author} groupId={session.groupId} />
            <Pane title={texts.panes.reader} actor={session.reader} groupId={session.groupId} />
          </div>
        </>
      )}
    </>
  );
}
