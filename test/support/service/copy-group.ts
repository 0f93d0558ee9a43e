import { groupKey, membersPartition } from '../../../functions/store/dynamodb/keys.ts';
import type { Item, Table } from '../../../functions/store/dynamodb/table.ts';

/**
 * Makes other groups just like one, by its rows: for tests of hundreds of groups, of which only one
 * need be made by the use case.
 */
export async function copyGroup(
  table: Table,
  groupId: string,
  copyIds: readonly string[],
): Promise<void> {
  await putCopies(table, await rowsOfGroup(table, groupId), copyIds);
}

export interface GroupRows {
  group: Item;
  members: readonly Item[];
}

export async function rowsOfGroup(table: Table, groupId: string): Promise<GroupRows> {
  const group = await table.get(groupKey(groupId));
  const members = await table.queryAll({
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': membersPartition(groupId) },
  });
  if (!group || members.length === 0) throw new Error(`no group ${groupId} to copy`);
  return { group, members };
}

export async function putCopies(
  table: Table,
  { group, members }: GroupRows,
  copyIds: readonly string[],
): Promise<void> {
  const copy = (copyId: string): Item[] => [
    { ...group, ...groupKey(copyId) },
    ...members.map((row) => ({ ...row, pk: membersPartition(copyId), groupId: copyId })),
  ];
  await table.putMany(copyIds.flatMap(copy));
}
