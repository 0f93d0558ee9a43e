type Json = Record<string, unknown>;

/** What differs from run to run, and what any such value looks like. */
const changing: Record<string, (value: unknown) => boolean> = {
  timestamp: isTime,
  createdAt: isTime,
  deliveredAt: isTime,
  readAt: isTime,
  at: isTime,
  epoch: (value) => typeof value === 'string' && /^[\w-]{12}$/.test(value),
  connectionId: (value) => typeof value === 'string' && /^[\w-]{15}=$/.test(value),
};

function isTime(value: unknown): boolean {
  return Number.isSafeInteger(value) && Math.abs(Number(value) - Date.now()) < 10 * 60_000;
}

/**
 * Puts real values in the place of the shown ones that change from run to run. A value shown twice
 * has to be the same twice, here as there.
 */
export class ShownValues {
  readonly #real = new Map<unknown, unknown>();

  /** The shown JSON as this run should have it. */
  fill(shown: unknown, real: unknown): unknown {
    if (Array.isArray(shown)) return shown.map((each, i) => this.fill(each, at(real, i)));
    if (typeof shown !== 'object' || shown === null) return shown;
    return Object.fromEntries(
      Object.entries(shown as Json).map(([name, value]) => [
        name,
        this.#fillField(name, value, at(real, name)),
      ]),
    );
  }

  #fillField(name: string, shown: unknown, real: unknown): unknown {
    const isPlausible = changing[name];
    if (!isPlausible || shown === null) return this.fill(shown, real);
    if (!this.#real.has(shown) && isPlausible(real)) this.#real.set(shown, real);
    return this.#real.get(shown);
  }
}

const at = (value: unknown, key: string | number): unknown =>
  typeof value === 'object' && value !== null ? (value as Json)[key] : undefined;
