import { CheckCheck } from 'lucide-react';
import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react';
import { useTexts } from '../text/language.tsx';
import { duration } from '../text/times.ts';
import { Counters } from './counters.tsx';
import { FaceCanvas } from './faces/face-canvas.tsx';
import { Legend } from './faces/legend.tsx';
import type { LiveRun } from './session/live-run.ts';
import { type LiveSnapshot, nothingSent } from './session/live-snapshot.ts';
import type { Simulation } from './use-simulation.ts';

const LiveCurve = lazy(() => import('./live-curve.tsx'));

const nothing = () => () => {};

/** Faces that light up, how many have read over time, and what it takes. */
export function LiveView({ simulation, members }: { simulation: Simulation; members: number }) {
  const { simulation: texts } = useTexts();
  const { run } = simulation;
  const live = useSyncExternalStore(
    run?.subscribe ?? nothing,
    () => run?.getSnapshot() ?? nothingSent,
  );
  useFirstMessage(simulation);
  return (
    <div className="live" data-read={live.read} data-total={live.total}>
      <figure className="faces">
        <FaceCanvas run={run} members={members} />
        <Legend />
      </figure>
      <div className="reading">
        <Headline live={live} />
        <Suspense fallback={<div className="live-curve" />}>
          <LiveCurve live={live} />
        </Suspense>
      </div>
      <Counters live={live} />
      <p className="hint">{texts.sameMachine}</p>
    </div>
  );
}

/** The message, and in large figures how many have read it. */
function Headline({ live }: { live: LiveSnapshot }) {
  const { simulation: texts } = useTexts();
  const { message, read, total, received, isComplete, elapsedMs } = live;
  if (!message) return <p className="headline waiting">{texts.waiting}</p>;
  return (
    <div className="headline" data-complete={isComplete}>
      <p className="sent-message">
        <b>{texts.author}</b> <span dir="auto">{message.content}</span>
        <CheckCheck aria-hidden className={`tick ${isComplete ? 'read' : ''}`} size={18} />
      </p>
      <p className="share">
        <output>{total === 0 ? 0 : Math.floor((100 * read) / total)}</output>
        <span className="unit">%</span>
      </p>
      <p>
        {isComplete ? texts.allRead(total) : texts.readOf(read, total)}{' '}
        <small>{texts.after(duration(elapsedMs))}</small>
      </p>
      <p className="received">{texts.receivedOf(received)}</p>
    </div>
  );
}

const begun = new WeakSet<LiveRun>();

/** Once all are there, the author writes: whoever has started it wants to see something. */
function useFirstMessage({ run, session, loadGroup }: Simulation): void {
  const { simulation: texts } = useTexts();
  const isReady = loadGroup?.phase === 'running' && loadGroup.groupId === session?.groupId;
  useEffect(() => {
    if (!run || !isReady || begun.has(run)) return;
    begun.add(run);
    void run.send(texts.firstMessage);
  }, [run, isReady, texts]);
}
