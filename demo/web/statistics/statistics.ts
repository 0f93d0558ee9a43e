import type { GroupStats, MemberStats } from '@seenby/client';

export type { DayStats as DayStatistics, MemberStats as MemberStatistics } from '@seenby/client';

const dayMs = 86_400_000;
const pageLimit = 500;

/** Spans that end today, in days; the service counts 31 at most. */
export const spans = [7, 14, 30] as const;
export type SpanDays = (typeof spans)[number];

/** When the first day of a span begins: days are those of UTC. */
export const fromOf = (days: SpanDays, now: number): number =>
  (Math.floor(now / dayMs) - days + 1) * dayMs;

/** All members, page by page: each call to `onPage` has those so far, and says whether to go on. */
export async function loadMemberStatistics(
  stats: Pick<GroupStats, 'members'>,
  onPage: (members: readonly MemberStats[], isLast: boolean) => boolean,
): Promise<void> {
  const members: MemberStats[] = [];
  let cursor: string | undefined;
  do {
    const page = await stats.members({ limit: pageLimit, ...(cursor && { cursor }) });
    members.push(...page.members);
    cursor = page.next ?? undefined;
    if (!onPage([...members], cursor === undefined)) return;
  } while (cursor);
}
