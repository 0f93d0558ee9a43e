/** Days are counted from the epoch, in UTC. */
export const dayMs = 86_400_000;

/** The day that a time falls in. */
export const dayOf = (at: number): number => Math.floor(at / dayMs);

/** `2026-01-15` */
export const nameOfDay = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

export const dayNamed = (name: string): number => dayOf(Date.parse(name));
