import type { Environment } from './environment.ts';
import { SeenbyError } from './seenby-error.ts';

/** What the work comes to; rejects with TIMEOUT when that takes too long. */
export function within<T>(
  { after }: Pick<Environment, 'after'>,
  limitMs: number,
  work: Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = after(limitMs, () =>
      reject(new SeenbyError('TIMEOUT', `No answer in ${limitMs} ms.`)),
    );
    work.then(resolve, reject).finally(stop);
  });
}
