import type { GroupStatus } from '@seenby/protocol/entities.ts';
import { checkedMemberships } from '../service/check-for-lost-seqs.ts';
import type { Service } from '../service/service.ts';
import { toGroupStatuses } from './group-status.ts';

/** Some groups as they stand for a member, and those of them that the user is not in. */
export async function readStatuses(
  service: Service,
  userId: string,
  groupIds: readonly string[],
): Promise<{ groups: GroupStatus[]; goneGroupIds: string[] }> {
  const distinct = [...new Set(groupIds)];
  const memberships = await checkedMemberships(service, userId, distinct, 'strong');
  return {
    groups: await toGroupStatuses(
      service,
      memberships.filter((membership) => membership !== undefined),
    ),
    goneGroupIds: distinct.filter((_, i) => !memberships[i]),
  };
}
