import { useEffect, useState } from 'react';
import type { Stage } from './stage.ts';

const everyMs = 10_000;

export interface SteadyAuthor {
  readonly isOn: boolean;
  set(isOn: boolean): void;
}

/** Has the author write at regular times, as long as it is on. */
export function useSteadyAuthor(stage: Stage | undefined): SteadyAuthor {
  const [isOn, setIsOn] = useState(true);
  useEffect(() => {
    if (!stage || !isOn) return;
    let count = 0;
    const write = () => {
      count += 1;
      void stage.author.client.group(stage.groupId).send(`№ ${count}`);
    };
    write();
    const timer = setInterval(write, everyMs);
    return () => clearInterval(timer);
  }, [stage, isOn]);
  return { isOn, set: setIsOn };
}
