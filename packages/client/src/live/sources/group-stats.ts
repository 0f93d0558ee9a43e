import { queryOf } from '../../transport/http.ts';
import { askOf } from '../ask.ts';
import type { LiveGroup } from '../live-group.ts';
import type { GroupStats, StatsSpan } from '../statistics.ts';

/** How a group reads, as of now. */
export async function groupStats(group: LiveGroup, span: StatsSpan = {}): Promise<GroupStats> {
  const stats = await askOf<Omit<GroupStats, 'members'>>(group, 'GET', `/stats${queryOf(span)}`);
  return {
    ...stats,
    members: (query) => askOf(group, 'GET', `/stats/members${queryOf({ ...span, ...query })}`),
  };
}
