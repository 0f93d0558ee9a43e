export interface MetricId {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
}

/** How often each value was recorded. */
export type Values = ReadonlyMap<number, number>;

const minuteMs = 60_000;

/** CloudWatch's metrics by the minute, of those that somebody watches; others are not kept. */
export class MetricStore {
  readonly #watched: ReadonlyMap<string, Map<number, Map<number, number>>>;

  constructor(watched: readonly MetricId[]) {
    this.#watched = new Map(watched.map((metric) => [keyOf(metric), new Map()]));
  }

  record(metric: MetricId, value: number, atMs: number): void {
    const minutes = this.#watched.get(keyOf(metric));
    if (minutes === undefined) return;
    const minute = Math.floor(atMs / minuteMs);
    const values = minutes.get(minute) ?? new Map<number, number>();
    minutes.set(minute, values.set(value, (values.get(value) ?? 0) + 1));
  }

  /** What was recorded in whole minutes. */
  between(metric: MetricId, fromMs: number, untilMs: number): Values {
    const all = new Map<number, number>();
    for (const [minute, values] of this.#watched.get(keyOf(metric)) ?? []) {
      if (minute * minuteMs < fromMs || minute * minuteMs >= untilMs) continue;
      for (const [value, count] of values) all.set(value, (all.get(value) ?? 0) + count);
    }
    return all;
  }

  forgetBefore(atMs: number): void {
    for (const minutes of this.#watched.values()) {
      for (const minute of minutes.keys()) if (minute * minuteMs < atMs) minutes.delete(minute);
    }
  }
}

/** A metric is its name and all of its dimensions: one with fewer of them is another metric. */
function keyOf({ namespace, name, dimensions }: MetricId): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
}
