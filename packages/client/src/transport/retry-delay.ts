const firstMs = 500;
const maxMs = 30_000;

/**
 * Full jitter: anything from nothing to a limit that doubles with every attempt, so that clients
 * thrown off together do not come back together.
 */
export const retryDelayMs = (attempt: number, random: () => number): number =>
  Math.floor(random() * Math.min(maxMs, firstMs * 2 ** attempt));
