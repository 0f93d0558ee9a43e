import { useCallback, useEffect, useRef, useState } from 'react';
import { usePage } from '../shell/page-context.ts';
import { type Crowd, type CrowdWish, SimulatorApi } from './simulator-api.ts';
import { openStage, type Stage } from './stage.ts';

export type Habits = Pick<CrowdWish, 'members' | 'fast' | 'slow' | 'offline'>;

export interface Simulation {
  readonly stage: Stage | undefined;
  readonly crowd: Crowd | undefined;
  readonly problem: string;
  /** Whether a start or a stop is under way. */
  readonly isBusy: boolean;
  /** How many have read everything, after a stop. */
  readonly finished: number | undefined;
  start(authorId: string, habits: Habits): Promise<void>;
  stop(): Promise<void>;
}

const readerId = 'reader';

/** A crowd in the simulator, and the two clients through which the page looks at it. */
export function useSimulation(): Simulation {
  const page = usePage();
  const [api] = useState(() => new SimulatorApi(page.config.httpUrl));
  const [stage, setStage] = useState<Stage>();
  const [crowd, setCrowd] = useState<Crowd>();
  const [problem, setProblem] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [finished, setFinished] = useState<number>();
  const opened = useRef<Stage>(undefined);

  useEffect(() => api.listen(({ crowd: now }) => setCrowd(now ?? undefined)), [api]);
  useEffect(() => () => opened.current?.close(), []);

  const run = useCallback(async (action: () => Promise<void>) => {
    setProblem('');
    setIsBusy(true);
    await action().catch((cause: Error) => setProblem(cause.message));
    setIsBusy(false);
  }, []);

  const start = (authorId: string, habits: Habits) =>
    run(async () => {
      setFinished(undefined);
      const { groupId } = await api.start({ ownerId: authorId, readerId, ...habits });
      opened.current?.close();
      opened.current = openStage(page, groupId, { author: authorId, reader: readerId });
      setStage(opened.current);
    });
  const stop = () =>
    run(async () => {
      const { members } = await api.stop();
      setFinished(members);
    });
  return { stage, crowd, problem, isBusy, finished, start, stop };
}
