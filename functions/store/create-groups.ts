import type { GroupState } from '@seenby/core/group.ts';
import { emptySet } from '@seenby/core/ranges/range-set.ts';
import { groupKey } from './dynamodb/keys.ts';
import type { Table } from './dynamodb/table.ts';
import { fromGroupItem, toGroupItem } from './items/group-item.ts';

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
 * Groups in the making. What `attempt` in a group's row means:
 *
 *     with `reservedBy`   the request that makes it; nobody sees the group
 *     without             the request that made it, and may have told nobody
 *     absent              all have been told
 */
export class GroupCreations {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /**
   * Takes the id for a group; nobody sees it before it is opened. One request makes it at a time, so
   * that its members and their numbers are those of one. An attempt that failed, or ended without a
   * word more than a minute ago, is taken up by its owner. Answers the group with its members' last
   * number, which goes on after those of the attempt before; nothing for ids in use, those of deleted
   * groups and of groups that are being made included.
   */
  async reserve(group: GroupState, attempt: CreationAttempt): Promise<GroupState | undefined> {
    const reservation = {
      reservedBy: attempt.ownerId,
      reservedUntil: attempt.at + attemptLifeMs,
      attempt: attempt.name,
    };
    const first = await this.#table.put({
      Item: { ...toGroupItem(group), ...reservation },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    // The answer to a put may be lost, and the SDK sends it again: then it is refused by its own row.
    if (first.outcome === 'written' || first.current?.attempt === attempt.name) return group;
    const { reservedBy, reservedUntil = 0, lastOrdinal: known } = first.current ?? {};
    if (reservedBy !== attempt.ownerId || Number(reservedUntil) > attempt.at) return undefined;
    const anew = { ...group, lastOrdinal: Number(known) + group.lastOrdinal };
    const again = await this.#table.put({
      Item: { ...toGroupItem(anew), ...reservation, places: group.lastOrdinal },
      ConditionExpression: 'reservedBy = :owner AND lastOrdinal = :known',
      ExpressionAttributeValues: { ':owner': attempt.ownerId, ':known': known },
    });
    const isOurs = again.outcome === 'written' || again.current?.attempt === attempt.name;
    return isOurs ? anew : undefined;
  }

  /** Shows the group to its members; false when another attempt reserved the id since. */
  async open(groupId: string, { name }: CreationAttempt): Promise<boolean> {
    const opened = await this.#table.update({
      Key: groupKey(groupId),
      UpdateExpression: 'REMOVE reservedBy, reservedUntil',
      ConditionExpression: 'attempt = :attempt',
      ExpressionAttributeValues: { ':attempt': name },
    });
    return opened.outcome === 'written';
  }

  /** An attempt that failed leaves the id to the next one of the same owner. */
  async release(groupId: string, attempt: CreationAttempt): Promise<void> {
    await this.#table.update({
      Key: groupKey(groupId),
      UpdateExpression: 'SET reservedUntil = :now',
      ConditionExpression: 'attempt = :attempt',
      ExpressionAttributeValues: { ':attempt': attempt.name, ':now': attempt.at },
    });
  }

  /** A group that was made, and whose members may not have been told; with the attempt that made it. */
  async untold(groupId: string): Promise<{ group: GroupState; attempt: string } | undefined> {
    const item = await this.#table.get(groupKey(groupId));
    const group = fromGroupItem(groupId, item, emptySet);
    return group && item?.attempt !== undefined
      ? { group, attempt: String(item.attempt) }
      : undefined;
  }

  async noteTold(groupId: string, attempt: string): Promise<void> {
    await this.#table.update({
      Key: groupKey(groupId),
      UpdateExpression: 'REMOVE attempt',
      ConditionExpression: 'attempt = :attempt AND attribute_not_exists(reservedBy)',
      ExpressionAttributeValues: { ':attempt': attempt },
    });
  }
}
