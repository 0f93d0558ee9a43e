import type { SeenbyClient } from '../../../packages/client/src/seenby-client.ts';
import { patienceMs } from '../time/patience.ts';

/** What `look` finds, asked again with every change of a client's state. */
export function until<R>(
  client: SeenbyClient,
  what: string,
  look: () => R | undefined | false,
): Promise<R> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const found = look();
      if (found === undefined || found === false) return;
      stop();
      resolve(found);
    };
    const stopListening = client.subscribeState(check);
    const deadline = setTimeout(() => {
      stop();
      reject(new Error(`${what} did not come about within ${patienceMs} ms`));
    }, patienceMs);
    const stop = () => {
      clearTimeout(deadline);
      stopListening();
    };
    check();
  });
}
