import type { Message } from '@seenby/client';
import type { CurvePoints } from './curve-points.ts';
import type { LatencySummary } from './latencies.ts';
import type { SoFar } from './so-far.ts';

/** A message while it is being read. */
export interface LiveSnapshot {
  /** The newest one; undefined before there is any. */
  readonly message: Message | undefined;
  /** How many messages the figures below are of: those sent before all had read. */
  readonly messages: number;
  /** As the author's client counts: without the author. */
  readonly read: number;
  readonly total: number;
  /** On whose devices it is. */
  readonly received: number;
  readonly isComplete: boolean;
  /** Since it was sent, until all have read it. */
  readonly elapsedMs: number;
  readonly curve: CurvePoints;
  /** By type, at all clients of the group. */
  readonly frames: Readonly<Record<string, number>>;
  readonly soFar: SoFar | undefined;
  /** From when the service took a read to when the author's client was told. */
  readonly latency: LatencySummary | undefined;
}

export const nothingSent: LiveSnapshot = {
  ...{ message: undefined, messages: 0, read: 0, total: 0, received: 0, isComplete: false },
  ...{ elapsedMs: 0, curve: { seconds: [0], read: [0], received: [0] }, frames: {} },
  ...{ soFar: undefined, latency: undefined },
};
