import { Play, RotateCcw, Send, Square } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTexts } from '../text/language.tsx';
import { nameOfPace, paceNames, paces, visibilities } from './paces.ts';
import { Segments } from './segments.tsx';
import { Slider } from './slider.tsx';
import type { Choice, Simulation } from './use-simulation.ts';

export interface ControlsProps {
  simulation: Simulation;
  choice: Choice;
  onChoose(choice: Choice): void;
}

/** How many members, how they read and who sees it; start, again, stop and reset. */
export function Controls({ simulation, choice, onChoose }: ControlsProps) {
  const { simulation: texts, visibility } = useTexts();
  const { loadGroup, changePace, changeVisibility } = simulation;
  const choose = (change: Partial<Choice>) => onChoose({ ...choice, ...change });
  return (
    <div className="controls">
      <fieldset className="plain" disabled={loadGroup !== undefined}>
        <Slider
          label={texts.members}
          value={choice.members}
          min={5}
          max={500}
          onChange={(members) => choose({ members })}
        />
        {choice.pace === 'profiles' && <Shares choice={choice} choose={choose} />}
      </fieldset>
      <Segments
        legend={texts.pace}
        options={paceNames.map((value) => ({ value, label: texts.paces[value] }))}
        value={nameOfPace(choice.pace)}
        onChange={(name) => {
          choose({ pace: paces[name] });
          if (loadGroup) void changePace(paces[name]);
        }}
      />
      <Segments
        legend={visibility}
        options={visibilities.map((value) => ({ value, label: texts.sees[value] }))}
        value={choice.visibility}
        onChange={(chosen) => {
          choose({ visibility: chosen });
          if (loadGroup) void changeVisibility(chosen);
        }}
      />
      <Actions simulation={simulation} choice={choice} />
    </div>
  );
}

/** The three shares always make a hundred: the slow ones are the rest. */
function Shares({
  choice: { fast, offline },
  choose,
}: {
  choice: Choice;
  choose(change: Partial<Choice>): void;
}) {
  const { simulation: texts } = useTexts();
  const set = (change: { fast?: number; offline?: number }) => {
    const shares = { fast, offline, ...change };
    choose({ ...shares, slow: 100 - shares.fast - shares.offline });
  };
  return (
    <>
      <Slider
        label={`${texts.fast} (%)`}
        value={fast}
        max={100 - offline}
        onChange={(value) => set({ fast: value })}
      />
      <Slider
        label={`${texts.away} (%)`}
        value={offline}
        max={100 - fast}
        onChange={(value) => set({ offline: value })}
      />
      <span className="rest">
        {texts.slow} (%): <b>{100 - fast - offline}</b>
      </span>
    </>
  );
}

function Actions({ simulation, choice }: Omit<ControlsProps, 'onChoose'>) {
  const { simulation: texts } = useTexts();
  const { loadGroup, run, isBusy, cause, finished, start, stop, reset } = simulation;
  const [sent, setSent] = useState(1);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!loadGroup) return void start(choice);
    setSent(sent + 1);
    void run?.send(texts.nextMessage(sent + 1));
  };
  return (
    <form className="actions" onSubmit={submit}>
      <button
        type="submit"
        className="primary"
        disabled={isBusy || (loadGroup && loadGroup.phase !== 'running')}
      >
        {loadGroup ? <Send aria-hidden size={16} /> : <Play aria-hidden size={16} />}
        {loadGroup ? texts.again : texts.start}
      </button>
      {loadGroup && (
        <button type="button" disabled={isBusy} onClick={() => void stop()}>
          <Square aria-hidden size={16} />
          {texts.stop}
        </button>
      )}
      {!loadGroup && run && (
        <button type="button" onClick={reset}>
          <RotateCcw aria-hidden size={16} />
          {texts.reset}
        </button>
      )}
      <p className="progress" role="status">
        {finished !== undefined && !loadGroup
          ? texts.exact(finished)
          : progressOf(simulation, texts)}
      </p>
      <p role="alert">{cause !== undefined && texts.failed}</p>
    </form>
  );
}

function progressOf(
  { loadGroup }: Simulation,
  { phases }: ReturnType<typeof useTexts>['simulation'],
) {
  if (!loadGroup) return '';
  const { phase, connected, members } = loadGroup;
  // The reader of this page is one of them.
  return phase === 'connecting' ? phases.connecting(connected, members + 1) : phases[phase];
}
