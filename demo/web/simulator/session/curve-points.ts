/** Shares of all from 0 to 100, over the seconds since the message was sent. */
export interface CurvePoints {
  readonly seconds: readonly number[];
  readonly read: readonly number[];
  readonly received: readonly number[];
}

/** The curve of a message while it is being read: a point for each change, in steps. */
export class GrowingCurve {
  #points: CurvePoints = { seconds: [0], read: [0], received: [0] };

  get points(): CurvePoints {
    return this.#points;
  }

  /** Nothing where neither share has changed. */
  add(second: number, read: number, received: number): void {
    const { seconds, ...shares } = this.#points;
    if (shares.read.at(-1) === read && shares.received.at(-1) === received) return;
    this.#points = {
      seconds: [...seconds, Math.max(second, seconds.at(-1) ?? 0)],
      read: [...shares.read, read],
      received: [...shares.received, received],
    };
  }
}

/** The same up to now: what has not changed since goes on as it is. */
export const upTo = ({ seconds, read, received }: CurvePoints, second: number): CurvePoints => ({
  seconds: [...seconds, Math.max(second, seconds.at(-1) ?? 0)],
  read: [...read, read.at(-1) ?? 0],
  received: [...received, received.at(-1) ?? 0],
});
