import { Play, Square } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTexts } from '../text/language.tsx';
import { Slider } from './slider.tsx';
import type { LoadGroupShares, Simulation } from './use-simulation.ts';
import type { SteadyAuthor } from './use-steady-author.ts';

export interface ControlsProps {
  simulation: Simulation;
  steady: SteadyAuthor;
  userId: string | undefined;
}

/** How many members, how they read, and start and stop. */
export function Controls({ simulation, steady, userId }: ControlsProps) {
  const texts = useTexts();
  const [members, setMembers] = useState(100);
  const [fast, setFast] = useState(50);
  const [offline, setOffline] = useState(20);
  const { loadGroup, problem, isBusy, start, stop } = simulation;
  // The three shares always make a hundred: the slow ones are the rest.
  const shares: LoadGroupShares = { members, fast, offline, slow: 100 - fast - offline };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (loadGroup) void stop();
    else if (userId !== undefined) void start(userId, shares);
  };
  return (
    <form className="controls" onSubmit={submit}>
      <fieldset disabled={loadGroup !== undefined}>
        <Slider label={texts.members} value={members} min={5} max={500} onChange={setMembers} />
        <Slider label={`${texts.fast} (%)`} value={fast} max={100 - offline} onChange={setFast} />
        <Slider
          label={`${texts.away} (%)`}
          value={offline}
          max={100 - fast}
          onChange={setOffline}
        />
        <span>
          {texts.slow} (%): {shares.slow}
        </span>
      </fieldset>
      <label className="check">
        <input
          type="checkbox"
          checked={steady.isOn}
          onChange={({ target }) => steady.set(target.checked)}
        />
        {texts.sendEvery}
      </label>
      <button type="submit" className="primary" disabled={isBusy || userId === undefined}>
        {loadGroup ? <Square aria-hidden size={16} /> : <Play aria-hidden size={16} />}
        {loadGroup ? texts.stop : texts.start}
      </button>
      <Progress simulation={simulation} />
      <p role="alert">{problem}</p>
    </form>
  );
}

function Progress({ simulation: { loadGroup, finished } }: { simulation: Simulation }) {
  const texts = useTexts();
  if (!loadGroup) {
    return <p data-phase="idle">{finished !== undefined && texts.phaseExact(finished)}</p>;
  }
  const { phase, connected, members, reads } = loadGroup;
  const phases = {
    connecting: texts.phaseConnecting,
    running: texts.phaseRunning,
    paused: texts.phasePaused,
    stopping: texts.phaseStopping,
  };
  return (
    <p data-phase={phase}>
      {phases[phase]} · {texts.connectedOf(connected, members)} · {texts.readsSoFar(reads)}
    </p>
  );
}
