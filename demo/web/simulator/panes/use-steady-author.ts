import { useEffect, useRef, useState } from 'react';
import type { DemoSession } from '../session/demo-session.ts';

const everyMs = 10_000;

export interface SteadyAuthor {
  readonly isOn: boolean;
  set(isOn: boolean): void;
}

/** Has the author write at regular times, as long as it is on and there is somebody to read. */
export function useSteadyAuthor(
  session: DemoSession | undefined,
  isSomebodyThere: boolean,
): SteadyAuthor {
  const [isOn, setIsOn] = useState(false);
  const count = useRef(0);
  useEffect(() => {
    if (!session || !isOn || !isSomebodyThere) return;
    const write = () => {
      count.current += 1;
      void session.author.client.group(session.groupId).send(`№ ${count.current}`);
    };
    write();
    const timer = setInterval(write, everyMs);
    return () => clearInterval(timer);
  }, [session, isOn, isSomebodyThere]);
  return { isOn, set: setIsOn };
}
