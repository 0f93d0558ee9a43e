import type { GroupState } from '@seenby/core/group.ts';
import { groupKey } from './dynamodb/keys.ts';
import type { Table } from './dynamodb/table.ts';
import { toGroupItem } from './items/group-item.ts';

/** No function lives longer: what took something before that is not at work any more. */
export const attemptLifeMs = 60_000;

/** One request to make a group. */
export interface CreationAttempt {
  ownerId: string;
  /** No two requests have the same. */
  name: string;
  at: number;
}

/**
 * Takes the id for a group; nobody sees it before it is opened. One request makes it at a time, so
 * that its members and their numbers are those of one. An attempt that failed, or ended without a
 * word more than a minute ago, is taken up by its owner. Answers the group with its members' last
 * number, which goes on after those of the attempt before; nothing for ids in use, those of deleted
 * groups and of groups that are being made included.
 */
export async function reserveGroup(
  table: Table,
  group: GroupState,
  attempt: CreationAttempt,
): Promise<GroupState | undefined> {
  const reservation = {
    reservedBy: attempt.ownerId,
    reservedUntil: attempt.at + attemptLifeMs,
    attempt: attempt.name,
  };
  const first = await table.put({
    Item: { ...toGroupItem(group), ...reservation },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  // The answer to a put may be lost, and the SDK sends it again: then it is refused by its own row.
  if (first.outcome === 'written' || first.current?.attempt === attempt.name) return group;
  const { reservedBy, reservedUntil = 0, lastOrdinal: known } = first.current ?? {};
  if (reservedBy !== attempt.ownerId || Number(reservedUntil) > attempt.at) return undefined;
  const anew = { ...group, lastOrdinal: Number(known) + group.lastOrdinal };
  const again = await table.put({
    Item: { ...toGroupItem(anew), ...reservation, places: group.lastOrdinal },
    ConditionExpression: 'reservedBy = :owner AND lastOrdinal = :known',
    ExpressionAttributeValues: { ':owner': attempt.ownerId, ':known': known },
  });
  const isOurs = again.outcome === 'written' || again.current?.attempt === attempt.name;
  return isOurs ? anew : undefined;
}

/** False when another attempt reserved the id since. */
export async function openGroup(
  table: Table,
  { groupId, createdAt, lastOrdinal }: GroupState,
  attempt: CreationAttempt,
): Promise<boolean> {
  const opened = await table.update({
    Key: groupKey(groupId),
    UpdateExpression: 'REMOVE reservedBy, reservedUntil, attempt',
    ConditionExpression: 'attempt = :attempt',
    ExpressionAttributeValues: { ':attempt': attempt.name },
  });
  if (opened.outcome === 'written') return true;
  // By this request, whose answer was lost: no two attempts have the same last number.
  const { reservedBy, createdAt: at, lastOrdinal: last } = opened.current ?? {};
  return reservedBy === undefined && at === createdAt && Number(last) >= lastOrdinal;
}

/** An attempt that failed leaves the id to the next one of the same owner. */
export async function releaseGroup(
  table: Table,
  groupId: string,
  attempt: CreationAttempt,
): Promise<void> {
  await table.update({
    Key: groupKey(groupId),
    UpdateExpression: 'SET reservedUntil = :now',
    ConditionExpression: 'attempt = :attempt',
    ExpressionAttributeValues: { ':attempt': attempt.name, ':now': attempt.at },
  });
}
