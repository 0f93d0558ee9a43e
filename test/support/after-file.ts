const ends: (() => unknown)[] = [];

/**
 * Runs when the test file ends that runs now, what was asked for last first. Files of a tier share a
 * process, and a helper is loaded once in it: its own hooks would be those of the first file alone.
 */
export const afterFile = (end: () => unknown): void => void ends.push(end);

/** For the set-up of each file. */
export async function endFile(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end();
}
