import type { MemberState } from '@seenby/core/members/member.ts';
import { emptySet } from '@seenby/core/ranges/range-set.ts';
import { memberKey } from '../dynamodb/keys.ts';
import type { Table } from '../dynamodb/table.ts';
import { fromMemberItem, toMemberItem } from '../items/member-item.ts';

const attempts = 20;

/**
 * Gives the row of somebody who has left to a pseudonym: what they had read stays, and with it the version that
 * it is part of. The receipt log names them by their ordinal, and stays as it is.
 */
export async function renameLeaver(
  table: Table,
  groupId: string,
  userId: string,
  pseudonym: string,
): Promise<void> {
  let name = pseudonym;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const item = await table.get(memberKey(groupId, userId));
    const row = item && fromMemberItem(item);
    if (!row?.left) return;
    const written = await table.transact([
      {
        Delete: {
          Key: memberKey(groupId, userId),
          ConditionExpression: 'revision = :known',
          ExpressionAttributeValues: { ':known': row.revision },
        },
      },
      {
        Put: {
          Item: toMemberItem(groupId, asPseudonym(row, name)),
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
    ]);
    if (written.outcome === 'written') return;
    // They came back and left once more while they were being erased.
    if (written.refused.some(({ part }) => part === 1)) name = `${pseudonym}.${row.ordinal}`;
  }
  throw new Error(`the row of a leaver was changed by others ${attempts} times in a row`);
}

function asPseudonym(
  { name: _gone, privateUnread: _badge, ...row }: MemberState,
  pseudonym: string,
): MemberState {
  return {
    ...row,
    userId: pseudonym,
    mentions: emptySet,
    version: row.version + 1,
    revision: row.revision + 1,
  };
}
