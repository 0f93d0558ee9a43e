const firstMs = 500;
const mostMs = 30_000;

/**
 * Full jitter: anything from nothing to a limit that doubles with every attempt, so that clients
 * thrown off together do not come back together.
 */
export const retryDelayMs = (attempt: number, random: () => number): number =>
  Math.floor(random() * Math.min(mostMs, firstMs * 2 ** attempt));
