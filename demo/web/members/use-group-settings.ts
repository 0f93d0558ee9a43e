import type { Group, GroupHandle } from '@seenby/client';
import { useConnection } from '@seenby/client/react';
import { useEffect, useState } from 'react';

/** Kind, size and settings of a group, anew when they change; undefined until the service has told. */
export function useGroupSettings(group: GroupHandle): Group | undefined {
  const [settings, setSettings] = useState<Group>();
  const { state } = useConnection();
  useEffect(() => {
    if (state !== 'connected') return;
    let isOver = false;
    const load = () =>
      group.get().then(
        (loaded) => !isOver && setSettings(loaded),
        // The next connection, or the next change, asks again.
        () => {},
      );
    void load();
    const end = group.on('group', () => void load());
    return () => {
      isOver = true;
      end();
    };
  }, [group, state]);
  return settings;
}
