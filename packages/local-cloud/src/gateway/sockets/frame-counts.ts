export interface FrameTotals {
  framesIn: number;
  framesOut: number;
  bytesIn: number;
  bytesOut: number;
}

/** Frames per connection since the start, those of closed connections included. */
export class FrameCounts {
  readonly #byConnection = new Map<string, FrameTotals>();

  open(connectionId: string): FrameTotals {
    const totals = { framesIn: 0, framesOut: 0, bytesIn: 0, bytesOut: 0 };
    this.#byConnection.set(connectionId, totals);
    return totals;
  }

  of(connectionId: string): Readonly<FrameTotals> | undefined {
    return this.#byConnection.get(connectionId);
  }

  perConnection(): ReadonlyMap<string, Readonly<FrameTotals>> {
    return this.#byConnection;
  }

  total(): FrameTotals {
    const sum = { framesIn: 0, framesOut: 0, bytesIn: 0, bytesOut: 0 };
    for (const one of this.#byConnection.values()) {
      sum.framesIn += one.framesIn;
      sum.framesOut += one.framesOut;
      sum.bytesIn += one.bytesIn;
      sum.bytesOut += one.bytesOut;
    }
    return sum;
  }

  /** Starts counting anew, for a benchmark that measures a part of a run. */
  reset(): void {
    for (const totals of this.#byConnection.values()) {
      Object.assign(totals, { framesIn: 0, framesOut: 0, bytesIn: 0, bytesOut: 0 });
    }
  }
}
