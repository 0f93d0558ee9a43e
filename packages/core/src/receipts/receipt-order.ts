import type { ReceiptLine, ReceiptState } from '@seenby/protocol/entities.ts';

/** Where a line stands among those of a list: lower ranks first, then later times, then in order of user id. */
export interface PlaceInList {
  readonly rank: number;
  readonly at: number;
  readonly userId: string;
}

/**
 * The newest first: by when they read the message, or got it where the list is about those who have it or
 * have not read it. In a list of all, those who read it come before those who only have it. Whose time is
 * not told comes last.
 */
export function placeByTime(line: ReceiptLine, state: ReceiptState | undefined): PlaceInList {
  const names = timesBy[state ?? 'all'];
  const known = names.findIndex((name) => line[name] !== null);
  const rank = known < 0 ? names.length : known;
  const name = names[rank];
  return { rank, at: (name && line[name]) ?? 0, userId: line.userId };
}

const timesBy: Record<ReceiptState | 'all', readonly ('readAt' | 'deliveredAt')[]> = {
  all: ['readAt', 'deliveredAt'],
  read: ['readAt'],
  delivered: ['deliveredAt'],
  unread: ['deliveredAt'],
};

/** Below 0 where `a` comes first. */
export function comparePlaces(a: PlaceInList, b: PlaceInList): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.at !== b.at) return b.at - a.at;
  if (a.userId === b.userId) return 0;
  return a.userId < b.userId ? -1 : 1;
}
