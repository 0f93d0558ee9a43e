import { useSeenbyState } from '@seenby/client/react';
import { useEffect, useRef } from 'react';
import { usePage } from '../shell/page-context.ts';
import { go } from '../shell/route.ts';
import { useLanguage } from '../text/language.tsx';
import { SimulatorApi } from './simulator-api.ts';

/**
 * On the local cloud a new user finds a group that is alive, and keeps it alive by being there: the
 * simulated members rest while no page that can be seen listens to them.
 */
export function useWelcome(): void {
  const { config, identity } = usePage();
  const { userId } = useSeenbyState();
  // Whoever chooses another language later stays among the same people.
  const { current: language } = useRef(useLanguage().language);
  const isLocal = identity.tokenOf !== undefined;
  useEffect(() => {
    if (!isLocal || userId === undefined) return;
    const simulator = new SimulatorApi(config.httpUrl);
    let isOver = false;
    simulator.welcome({ userId, name: identity.name, language }).then(
      ({ groupId }) => {
        const isNew = location.hash === '' || location.hash === '#/';
        // On a phone the list comes first, as chats do.
        if (!isOver && isNew && window.innerWidth > phoneWidthPx) go({ view: 'group', groupId });
      },
      // Without a simulator the chats are still there.
      () => {},
    );
    const stopListening = listenWhileVisible(simulator);
    return () => {
      isOver = true;
      stopListening();
    };
  }, [config, identity, isLocal, userId, language]);
}

const phoneWidthPx = 720;

function listenWhileVisible(simulator: SimulatorApi): () => void {
  let stop: (() => void) | undefined;
  const look = () => {
    const isVisible = document.visibilityState === 'visible';
    if (isVisible) stop ??= simulator.listen(() => {});
    else {
      stop?.();
      stop = undefined;
    }
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    stop?.();
  };
}
