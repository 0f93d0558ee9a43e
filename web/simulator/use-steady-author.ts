import { useEffect, useRef, useState } from 'react';
import type { Stage } from './stage.ts';

const everyMs = 10_000;

export interface SteadyAuthor {
  readonly isOn: boolean;
  set(isOn: boolean): void;
}

/** Has the author write at regular times, as long as it is on and there is somebody to read. */
export function useSteadyAuthor(stage: Stage | undefined, isAudienceThere: boolean): SteadyAuthor {
  const [isOn, setIsOn] = useState(true);
  const count = useRef(0);
  useEffect(() => {
    if (!stage || !isOn || !isAudienceThere) return;
    const write = () => {
      count.current += 1;
      void stage.author.client.group(stage.groupId).send(`№ ${count.current}`);
    };
    write();
    const timer = setInterval(write, everyMs);
    return () => clearInterval(timer);
  }, [stage, isOn, isAudienceThere]);
  return { isOn, set: setIsOn };
}
