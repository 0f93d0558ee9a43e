import { eachSeq } from '../../../support/each-seq.ts';

/** What an answer or a frame tells of the reading of messages. */
export interface ShownReadings {
  /** By message. */
  counts: Map<number, { readCount: number; deliveredCount: number }>;
  /** Whom it says to have read or received something that they have not written. */
  readers: string[];
  /** The highest number of active readers that it tells of a group. */
  activeReaders: number;
}

interface Told {
  seq?: number;
  fromSeq?: number;
  toSeq?: number;
  readCount?: number;
  deliveredCount?: number;
  activeReaders?: number;
  userId?: string;
  isSender?: boolean;
  readAt?: number | null;
  playedAt?: number | null;
  deliveredAt?: number | null;
  withoutTime?: string;
  lastReadAt?: number;
  readSeq?: number;
  deliveredSeq?: number;
  read?: number;
  kind?: string;
}

/** Looks for them wherever they stand. `ownSeq` is a message that the viewer has written. */
export function shownReadings(answer: unknown, ownSeq: number): ShownReadings {
  const shown: ShownReadings = { counts: new Map(), readers: [], activeReaders: 0 };
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    note(value as Told, shown, ownSeq);
    for (const each of Object.values(value)) visit(each);
  };
  visit(answer);
  return shown;
}

function note(told: Told, shown: ShownReadings, ownSeq: number): void {
  const { readCount, deliveredCount = 0, seq, fromSeq = seq, toSeq = seq } = told;
  shown.activeReaders = Math.max(shown.activeReaders, told.activeReaders ?? 0);
  if (readCount !== undefined && fromSeq !== undefined && toSeq !== undefined) {
    const counts = { readCount, deliveredCount };
    for (const [each] of eachSeq([{ fromSeq, toSeq, ...counts } as never])) {
      shown.counts.set(each, counts);
    }
  }
  if (told.userId !== undefined && hasRead(told, ownSeq)) shown.readers.push(told.userId);
}

function hasRead(told: Told, ownSeq: number): boolean {
  if (told.isSender) return false;
  const times = [told.readAt, told.playedAt, told.deliveredAt, told.withoutTime, told.lastReadAt];
  return (
    times.some((time) => time !== undefined && time !== null) ||
    (told.kind !== undefined && told.fromSeq !== undefined) ||
    Math.max(told.readSeq ?? 0, told.deliveredSeq ?? 0) >= ownSeq ||
    (told.read ?? 0) > 0
  );
}
