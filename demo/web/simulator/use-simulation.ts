import { useCallback, useEffect, useRef, useState } from 'react';
import type { LoadGroupState, NewLoadGroup } from '../../simulator/api.ts';
import { usePage } from '../shell/page-context.ts';
import { type DemoSession, openDemoSession } from './demo-session.ts';
import { SimulatorApi } from './simulator-api.ts';

export type LoadGroupShares = Pick<NewLoadGroup, 'members' | 'fast' | 'slow' | 'offline'>;

export interface Simulation {
  readonly session: DemoSession | undefined;
  readonly loadGroup: LoadGroupState | undefined;
  readonly problem: string;
  /** Whether a start or a stop is under way. */
  readonly isBusy: boolean;
  /** How many have read everything, after a stop. */
  readonly finished: number | undefined;
  start(authorId: string, shares: LoadGroupShares): Promise<void>;
  stop(): Promise<void>;
}

const readerId = 'reader';

/** A load group in the simulator, and the two clients through which the page looks at it. */
export function useSimulation(): Simulation {
  const page = usePage();
  const [api] = useState(() => new SimulatorApi(page.config.httpUrl));
  const [session, setSession] = useState<DemoSession>();
  const [loadGroup, setLoadGroup] = useState<LoadGroupState>();
  const [problem, setProblem] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [finished, setFinished] = useState<number>();
  const opened = useRef<DemoSession>(undefined);

  useEffect(() => api.listen(({ loadGroup: now }) => setLoadGroup(now ?? undefined)), [api]);
  useEffect(() => () => opened.current?.close(), []);

  const run = useCallback(async (action: () => Promise<void>) => {
    setProblem('');
    setIsBusy(true);
    await action().catch((cause: Error) => setProblem(cause.message));
    setIsBusy(false);
  }, []);

  const start = (authorId: string, shares: LoadGroupShares) =>
    run(async () => {
      setFinished(undefined);
      const { groupId } = await api.start({ ownerId: authorId, readerId, ...shares });
      opened.current?.close();
      opened.current = openDemoSession(page, groupId, { author: authorId, reader: readerId });
      setSession(opened.current);
    });
  const stop = () =>
    run(async () => {
      const { members } = await api.stop();
      setFinished(members);
    });
  return { session, loadGroup, problem, isBusy, finished, start, stop };
}
