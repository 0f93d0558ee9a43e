/** What one member does, at a time in epoch milliseconds. */
export type Act = { at: number; by: string } & (
  | { do: 'send' }
  /** Reads everything up to this seq, in one mark. */
  | { do: 'read' | 'deliver'; upTo: number }
  /** Connects, and asks what is new; and goes again. */
  | { do: 'come' | 'leave' }
  /** Has the group on the screen from now on; and no longer. */
  | { do: 'open' | 'close' }
);

/** A group, and what its members do in it, in order of time. */
export interface Traffic {
  memberIds: readonly string[];
  /** Connected when it begins. */
  onlineIds: readonly string[];
  /** Of these: have the group open when it begins. */
  watchingIds: readonly string[];
  acts: readonly Act[];
  /** Who sees how many have read a message: all members unless given. */
  visibility?: 'sender';
}

export const groupId = 'team-of-500x';
export const content = 'Lunch at noon? The new place at the corner has opened.';
export const startMs = Date.UTC(2026, 0, 15, 9);

/** How many have read the last message in the end, its author among them. */
export function lastReads({ acts }: Traffic): number {
  const sends = acts.filter((act) => act.do === 'send');
  const readers = acts.flatMap((act) =>
    act.do === 'read' && act.upTo === sends.length ? [act.by] : [],
  );
  return new Set([...readers, sends.at(-1)?.by]).size;
}
