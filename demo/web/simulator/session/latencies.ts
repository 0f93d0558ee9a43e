import { quantile } from './quantile.ts';

export interface LatencySummary {
  readonly count: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** The newest first. */
  readonly latest: readonly Latency[];
}

export interface Latency {
  readonly userId: string;
  readonly seq: number;
  readonly ms: number;
}

const keptCount = 1000;
const shownCount = 8;

/** How long receipts took to the author's screen: the newest thousand of them. */
export class Latencies {
  #kept: Latency[] = [];

  add(latency: Latency): void {
    this.#kept = [...this.#kept.slice(1 - keptCount), latency];
  }

  clear(): void {
    this.#kept = [];
  }

  /** Undefined while there is none. */
  summary(): LatencySummary | undefined {
    const ascending = this.#kept.map(({ ms }) => ms).sort((a, b) => a - b);
    const p50Ms = quantile(ascending, 0.5);
    const p95Ms = quantile(ascending, 0.95);
    if (p50Ms === undefined || p95Ms === undefined) return undefined;
    const latest = this.#kept.slice(-shownCount).reverse();
    return { count: this.#kept.length, p50Ms, p95Ms, latest };
  }
}
