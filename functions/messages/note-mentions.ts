import { foldFloorOf, foldMember } from '@seenby/core/members/fold-member.ts';
import { setOfSeqs, union } from '@seenby/core/ranges/range-set.ts';
import type { Service } from '../service/service.ts';
import { outgrowsRow } from '../store/member-size.ts';
import type { Membership } from '../store/members.ts';

/**
 * Mentions stand in the rows of the members mentioned; others are left out, and who has left so many
 * mentions unread that the row is full.
 */
export async function noteMentions(
  service: Service,
  group: Membership['group'],
  userIds: readonly string[],
  seq: number,
): Promise<string[]> {
  if (userIds.length === 0) return [];
  const { groupId } = group;
  const rows = await service.members.getMany(groupId, [...new Set(userIds)]);
  const noted = rows.map(async (row) => {
    if (!row || row.left) return undefined;
    return service.members.change<string | undefined>(groupId, row, (member) => {
      if (member.left) return { result: undefined };
      const folded = foldMember(member, foldFloorOf(group));
      const write = { ...folded, mentions: union(folded.mentions, setOfSeqs([seq])) };
      const result = member.userId;
      return outgrowsRow(member, write) ? { result } : { write, result };
    });
  });
  return (await Promise.all(noted)).filter((userId) => userId !== undefined);
}
