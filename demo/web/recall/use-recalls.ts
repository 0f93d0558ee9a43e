import type { SeenbyClient } from '@seenby/client';
import { useSeenby } from '@seenby/client/react';
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react';
import { pageStorage } from '../page-storage.ts';
import { DelayedRecalls, type Recall } from './delayed-recalls.ts';

/** Undefined until it is known who the user is. */
export const RecallContext = createContext<DelayedRecalls | undefined>(undefined);

/** The recalls of a page; they are sent at once when it goes out of sight. */
export function useDelayedRecalls(): DelayedRecalls | undefined {
  const client = useSeenby();
  const { userId } = client;
  const [recalls, setRecalls] = useState<DelayedRecalls>();
  useEffect(() => {
    if (userId === undefined) return;
    const own = new DelayedRecalls(hostOf(client), userId);
    const send = () => document.visibilityState === 'hidden' && own.sendAll();
    const leave = () => own.sendAll();
    document.addEventListener('visibilitychange', send);
    window.addEventListener('pagehide', leave);
    setRecalls(own);
    return () => {
      document.removeEventListener('visibilitychange', send);
      window.removeEventListener('pagehide', leave);
      own.stop();
    };
  }, [client, userId]);
  return recalls;
}

const hostOf = (client: SeenbyClient) => ({
  recall: (groupId: string, seq: number) => client.group(groupId).recall(seq),
  storage: pageStorage,
  now: () => Date.now(),
  after: (delayMs: number, run: () => void) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
});

export const useRecalls = (): DelayedRecalls | undefined => useContext(RecallContext);

const never = () => () => {};

/** How far the recall of a message has come; undefined where none was begun here. */
export function useRecall(groupId: string, seq: number | undefined): Recall | undefined {
  const recalls = useRecalls();
  const get = useCallback(
    () => (seq === undefined ? undefined : recalls?.of(groupId, seq)),
    [recalls, groupId, seq],
  );
  return useSyncExternalStore(recalls?.subscribe ?? never, get);
}
