import { setTimeout as wait } from 'node:timers/promises';
import type { GroupState } from '../../core/group.ts';
import type { MemberState } from '../../core/member.ts';
import { fromGroupItem } from './group-item.ts';
import { groupKey, memberKey, membersPartition, sentKey } from './keys.ts';
import { fromMemberItem, toMemberItem } from './member-item.ts';
import { type Sent, toSent } from './sent-messages.ts';
import type { Consistency, Item, Table } from './table.ts';

/** A group as one of its members stands in it. */
export interface Membership {
  group: GroupState;
  member: MemberState;
}

const writeAttempts = 60;

/** What to make of a row: a new state to write, or an outcome that needs no write. */
export type Change<T> = { write: MemberState; result: T } | { result: T };

/** Member rows: the truth that every position, count and list comes from. */
export class Members {
  readonly #table: Table;
  readonly #random: () => number;

  constructor(table: Table, random: () => number) {
    this.#table = table;
    this.#random = random;
  }

  /** Undefined unless the group exists and the user is a member of it: one answer, one cost. */
  async membership(
    groupId: string,
    userId: string,
    consistency: Consistency,
  ): Promise<Membership | undefined> {
    return (await this.memberships([groupId], userId, consistency))[0];
  }

  async memberships(
    groupIds: readonly string[],
    userId: string,
    consistency: Consistency,
  ): Promise<(Membership | undefined)[]> {
    const keys = groupIds.flatMap((groupId) => [groupKey(groupId), memberKey(groupId, userId)]);
    const items = await this.#table.getMany(keys, consistency);
    return groupIds.map((groupId, i) => toMembership(groupId, items[2 * i], items[2 * i + 1]));
  }

  /**
   * The same with what the member sent under a client message id. Read eventually: the writes that
   * follow are made on conditions, so a stale answer costs a retry and nothing else.
   */
  async membershipWithSent(
    groupId: string,
    userId: string,
    clientMessageId: string,
  ): Promise<[Membership | undefined, Sent | undefined]> {
    const keys = [
      groupKey(groupId),
      memberKey(groupId, userId),
      sentKey(groupId, userId, clientMessageId),
    ];
    const [group, member, sent] = await this.#table.getMany(keys, 'eventual');
    return [toMembership(groupId, group, member), sent && toSent(sent)];
  }

  /** All members, leavers included: one strong Query of a partition that holds nothing else. */
  async ofGroup(groupId: string, consistency: Consistency): Promise<MemberState[]> {
    const items = await this.#table.queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': membersPartition(groupId) },
      ConsistentRead: consistency === 'strong',
    });
    return items.map(fromMemberItem);
  }

  /** Who is in a group at this moment, the rows left unread but for the name they go by in the index. */
  async presentIn(groupId: string): Promise<string[]> {
    const items = await this.#table.queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': membersPartition(groupId) },
      ProjectionExpression: 'userId',
      ConsistentRead: true,
    });
    return items.flatMap(({ userId }) => (userId === undefined ? [] : [userId as string]));
  }

  /** The group's version alone: the same read as the rows, and a tenth of the bytes. */
  async versionOf(groupId: string): Promise<number> {
    const items = await this.#table.queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': membersPartition(groupId) },
      ProjectionExpression: 'version',
      ConsistentRead: true,
    });
    return items.reduce((sum, { version }) => sum + (version as number), 0);
  }

  /** Ids of all the groups a user is in, by the index; eventually consistent, as indexes are. */
  async groupIdsOf(userId: string): Promise<string[]> {
    const items = await this.#table.queryAll({
      IndexName: 'byUser',
      KeyConditionExpression: 'userId = :userId',
      ExpressionAttributeValues: { ':userId': userId },
    });
    return items.map((item) => item.groupId as string);
  }

  async get(groupId: string, userId: string): Promise<MemberState | undefined> {
    const item = await this.#table.get(memberKey(groupId, userId));
    return item && fromMemberItem(item);
  }

  async getMany(groupId: string, userIds: readonly string[]): Promise<(MemberState | undefined)[]> {
    const keys = userIds.map((userId) => memberKey(groupId, userId));
    const items = await this.#table.getMany(keys, 'strong');
    return items.map((item) => item && fromMemberItem(item));
  }

  /**
   * Changes a row that others may be changing: a write is made only on the revision it was decided
   * on, and decided again on the row that was there instead.
   */
  async change<T>(
    groupId: string,
    known: MemberState,
    decide: (member: MemberState) => Change<T>,
  ): Promise<T> {
    let member = known;
    for (let attempt = 1; attempt <= writeAttempts; attempt++) {
      const change = decide(member);
      if (!('write' in change)) return change.result;
      const written = await this.#table.put({
        Item: toMemberItem(groupId, { ...change.write, revision: member.revision + 1 }),
        ConditionExpression: 'revision = :decidedOn',
        ExpressionAttributeValues: { ':decidedOn': member.revision },
      });
      if (written.outcome === 'written') return change.result;
      if (!written.current) throw new Error('a member row went away while it was being changed');
      member = fromMemberItem(written.current);
      await wait(this.#random() * Math.min(10 * attempt, 100));
    }
    throw new Error(`a member row was changed by others ${writeAttempts} times in a row`);
  }

  /** A row that was not there before; false when someone else has just made it. */
  async insert(groupId: string, member: MemberState): Promise<boolean> {
    const written = await this.#table.put({
      Item: toMemberItem(groupId, member),
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    return written.outcome === 'written';
  }

  /** The rows of a group that is being made; nobody else can know it yet. */
  async insertAll(groupId: string, members: readonly MemberState[]): Promise<void> {
    await this.#table.putMany(members.map((member) => toMemberItem(groupId, member)));
  }

  async removeAll(groupId: string, members: readonly MemberState[]): Promise<void> {
    await this.#table.deleteMany(members.map(({ userId }) => memberKey(groupId, userId)));
  }
}

function toMembership(
  groupId: string,
  groupItem: Item | undefined,
  memberItem: Item | undefined,
): Membership | undefined {
  const group = fromGroupItem(groupId, groupItem);
  const member = memberItem && fromMemberItem(memberItem);
  return group && member && !member.left ? { group, member } : undefined;
}
