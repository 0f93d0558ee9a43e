import type { PageQuery } from './page-query.ts';

/** How messages were read. Delays are in milliseconds, and null where nobody has read anything. */
export interface ReadStats {
  readonly messages: number;
  /** How much of what there was to read has been read, from 0 to 1. */
  readonly readRate: number;
  readonly averageReadDelayMs: number | null;
  readonly medianReadDelayMs: number | null;
  /** How many members have read something. */
  readonly activeReaders: number;
}

/** The same of one day (UTC), such as `2026-11-27`. */
export interface DayStats extends ReadStats {
  readonly day: string;
}

/** How a member reads what others write. */
export interface MemberStats {
  readonly userId: string;
  readonly name?: string;
  readonly picture?: string;
  /** Of others, that were theirs to read. */
  readonly messages: number;
  readonly read: number;
  /** From 0 to 1. */
  readonly readRate: number;
  readonly averageReadDelayMs: number | null;
  /** Epoch milliseconds. */
  readonly lastReadAt?: number;
}

export interface MemberStatsPage {
  readonly members: readonly MemberStats[];
  /** The cursor of the next page, or null at the end. */
  readonly next: string | null;
}

/** Epoch milliseconds; the last seven days by default, 31 at most. */
export interface StatsSpan {
  from?: number;
  to?: number;
}

/** How a group reads, in total and by day. */
export interface GroupStats extends ReadStats {
  readonly perDay: readonly DayStats[];
  /**
   * A page of how each member reads, over the same days, in order of user id. For the owner and admins:
   * it rejects with FORBIDDEN for others.
   */
  members(query?: PageQuery): Promise<MemberStatsPage>;
}
