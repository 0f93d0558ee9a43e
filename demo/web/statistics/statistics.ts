import type { SeenbyClient } from '@seenby/client';
import type { AnswerOf } from '@seenby/protocol/http-answers.ts';
import { toPathSegment } from '@seenby/protocol/ids/path-segment.ts';

export type GroupStatistics = AnswerOf<'GET /groups/{groupId}/stats'>;
export type DayStatistics = GroupStatistics['perDay'][number];
export type MemberStatistics = AnswerOf<'GET /groups/{groupId}/stats/members'>['members'][number];

const dayMs = 86_400_000;
const pageLimit = 500;

/** Spans that end today, in days; the service counts 31 at most. */
export const spans = [7, 14, 30] as const;
export type SpanDays = (typeof spans)[number];

/** When the first day of a span begins: days are those of UTC. */
export const fromOf = (days: SpanDays, now: number): number =>
  (Math.floor(now / dayMs) - days + 1) * dayMs;

const pathOf = (groupId: string, part: string): string =>
  `/groups/${toPathSegment(groupId)}/stats${part}`;

export const loadStatistics = (
  client: SeenbyClient,
  groupId: string,
  from: number,
): Promise<GroupStatistics> => client.request('GET', pathOf(groupId, `?from=${from}`));

/** All members, page by page: each call to `onPage` has those so far. */
export async function loadMemberStatistics(
  client: SeenbyClient,
  { groupId, from }: { groupId: string; from: number },
  onPage: (members: readonly MemberStatistics[], isLast: boolean) => boolean,
): Promise<void> {
  const members: MemberStatistics[] = [];
  let cursor = '';
  do {
    const query = `?from=${from}&limit=${pageLimit}${cursor && `&cursor=${cursor}`}`;
    const page = await client.request<AnswerOf<'GET /groups/{groupId}/stats/members'>>(
      'GET',
      pathOf(groupId, `/members${query}`),
    );
    members.push(...page.members);
    cursor = page.next === null ? '' : encodeURIComponent(page.next);
    if (!onPage([...members], cursor === '')) return;
  } while (cursor);
}
