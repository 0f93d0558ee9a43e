import { chunks } from '@seenby/core/chunks.ts';
import { type MemberState, newMember } from '@seenby/core/members/member.ts';
import { memberKey } from '../dynamodb/keys.ts';
import type { Table } from '../dynamodb/table.ts';
import { toMemberItem } from '../items/member-item.ts';

const forgottenAtOnce = 50;
/** No id is empty: the row that stands for all members who are forgotten, the first of its group. */
const forgottenId = '';

/**
 * Takes away the rows of members who have left and of whom nobody can ask anything any more. Their
 * versions and turns live on in one row, which joins the group's version as a leaver who read nothing:
 * it never falls. Who is changed at this moment stays until the next time.
 */
export async function forgetLeavers(
  table: Table,
  groupId: string,
  leavers: readonly MemberState[],
): Promise<void> {
  const known = leavers.filter(({ userId }) => userId !== forgottenId);
  for (const batch of chunks(known, forgottenAtOnce)) {
    await table.transact([
      { Update: takeOver(groupId, batch) },
      ...batch.map(({ userId, revision }) => ({
        Delete: {
          Key: memberKey(groupId, userId),
          ConditionExpression: 'revision = :known',
          ExpressionAttributeValues: { ':known': revision },
        },
      })),
    ]);
  }
}

/** Writes every field of the row that stands for the forgotten, and adds to its version. */
function takeOver(groupId: string, batch: readonly MemberState[]) {
  const { version: _version, revision: _revision, ...row } = forgottenRow(groupId);
  const { pk: _pk, sk: _sk, ...fields } = row;
  const names = Object.keys(fields);
  return {
    Key: memberKey(groupId, forgottenId),
    UpdateExpression: `SET ${names.map((_, n) => `#f${n} = :f${n}`).join(', ')} ADD #version :versions, revision :one, turns :turns`,
    ExpressionAttributeNames: {
      '#version': 'version',
      ...Object.fromEntries(names.map((name, n) => [`#f${n}`, name])),
    },
    ExpressionAttributeValues: {
      ':versions': batch.reduce((sum, { version }) => sum + version, 0),
      ':one': 1,
      ':turns': batch.reduce((sum, { turns }) => sum + turns, 0),
      ...Object.fromEntries(Object.values(fields).map((value, n) => [`:f${n}`, value])),
    },
  };
}

const forgottenRow = (groupId: string) =>
  toMemberItem(groupId, {
    ...newMember({ userId: forgottenId, role: 'member', ordinal: 0, from: 1, joinedAt: 0 }),
    left: true,
  });
