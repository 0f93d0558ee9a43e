import { useCallback, useEffect, useRef, useState } from 'react';
import type { LoadGroupState, NewLoadGroup, Pace } from '../../simulator/api.ts';
import { usePage } from '../shell/page-context.ts';
import { useTexts } from '../text/language.tsx';
import { type DemoSession, openDemoSession } from './session/demo-session.ts';
import { LiveRun } from './session/live-run.ts';
import { SimulatorApi } from './simulator-api.ts';

export type Visibility = NonNullable<NewLoadGroup['visibility']>;

/** What is chosen before a start. `members` are those whose faces are shown. */
export interface Choice extends Pick<NewLoadGroup, 'members' | 'fast' | 'slow' | 'offline'> {
  readonly pace: Pace;
  readonly visibility: Visibility;
}

export interface Simulation {
  readonly session: DemoSession | undefined;
  readonly run: LiveRun | undefined;
  /** The one that this page has started, as long as no other has taken its place. */
  readonly loadGroup: LoadGroupState | undefined;
  readonly cause: unknown;
  /** Whether a start or a stop is under way. */
  readonly isBusy: boolean;
  /** How many have read everything, after a stop. */
  readonly finished: number | undefined;
  start(choice: Choice): Promise<void>;
  /** Both take effect at once. */
  changePace(pace: Pace): Promise<void>;
  changeVisibility(visibility: Visibility): Promise<void>;
  stop(): Promise<void>;
  /** Back to how it was before the first start. */
  reset(): void;
}

/** Nobody who uses the page: what is written in the simulator is in no visitor's name. */
const ids = { author: 'author', reader: 'reader' };

/** A load group in the simulator, and the two clients through which the page looks at it. */
export function useSimulation(): Simulation {
  const page = usePage();
  const texts = useTexts();
  const [api] = useState(() => new SimulatorApi(page.config.httpUrl));
  const [opened, setOpened] = useState<{ session: DemoSession; run: LiveRun }>();
  const [loadGroup, setLoadGroup] = useState<LoadGroupState>();
  const [cause, setCause] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const [finished, setFinished] = useState<number>();
  const current = useRef<typeof opened>(undefined);
  const isShown = useRef(false);

  useEffect(
    () =>
      api.listen(({ loadGroup: now }) => {
        const { session, run } = current.current ?? {};
        const own = now && now.groupId === session?.groupId ? now : undefined;
        setLoadGroup(own);
        if (own) run?.take(own);
      }),
    [api],
  );
  const hasOwn = useRef(false);
  hasOwn.current = loadGroup !== undefined;
  // Whoever goes elsewhere finds the demo group alive: it rests while a load group is there.
  useEffect(
    () => () => {
      if (hasOwn.current) void api.stop().catch(() => {});
    },
    [api],
  );
  const close = useCallback(() => {
    current.current?.run.close();
    current.current?.session.close();
    current.current = undefined;
  }, []);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
      close();
    };
  }, [close]);

  const attempt = useCallback(async (action: () => Promise<unknown>) => {
    setCause(undefined);
    setIsBusy(true);
    await action().catch(setCause);
    setIsBusy(false);
  }, []);

  const start = ({ members, ...choice }: Choice) =>
    attempt(async () => {
      setFinished(undefined);
      const simulated = members - 1;
      const { groupId } = await api.start({
        ...{ ownerId: ids.author, readerId: ids.reader, members: simulated, ...choice },
        name: texts.simulation.groupName(members),
      });
      const { members: persons } = await api.members();
      if (!isShown.current) return api.stop();
      close();
      const session = openDemoSession(page, groupId, ids);
      const readerName = texts.simulation.reader;
      const run = new LiveRun({ session, persons, readerName, usage: () => api.usage() });
      current.current = { session, run };
      setOpened(current.current);
    });
  const stop = () => attempt(async () => setFinished((await api.stop()).members + 1));
  const reset = () => {
    close();
    setOpened(undefined);
    setFinished(undefined);
  };
  return {
    ...{ session: opened?.session, run: opened?.run, loadGroup, cause, isBusy, finished },
    ...{ start, stop, reset },
    changePace: (pace) => attempt(() => api.changePace(pace)),
    changeVisibility: (visibility) =>
      attempt(async () => {
        const { author, groupId } = opened?.session ?? {};
        if (groupId !== undefined) await author?.client.group(groupId).update({ visibility });
      }),
  };
}
