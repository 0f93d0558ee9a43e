import type { Counts } from '@seenby/protocol/entities.ts';
import type { CountsAnswer } from '@seenby/protocol/http-answers.ts';
import { bySeq } from './observation.ts';
import type { Frame } from './wire-client.ts';

/** What a screen shows that took these updates: each message with the counts of the last version. */
export function shownCounts(updates: readonly Partial<CountsAnswer>[]): Map<number, Counts> {
  const shown = new Map<number, { version: number; counts: Counts }>();
  for (const { counts = [], version = 0 } of updates) {
    for (const [seq, after] of bySeq(counts)) {
      if (version >= (shown.get(seq)?.version ?? 0)) shown.set(seq, { version, counts: after });
    }
  }
  return new Map([...shown].map(([seq, { counts }]) => [seq, counts]));
}

/** The updates of one group among a connection's frames. */
export const updatesOf = (groupId: string, frames: readonly Frame[]) =>
  frames.filter(
    (frame): frame is Frame<'read_status_update'> =>
      frame.type === 'read_status_update' && frame.groupId === groupId,
  );
