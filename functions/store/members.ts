import type { Versioned } from '@seenby/core/counts/counts.ts';
import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { emptySet, type RangeSet } from '@seenby/core/ranges/range-set.ts';
import pMap from 'p-map';
import {
  type ChangeOfMany,
  type Changing,
  changeMember,
  changeMembersTogether,
  type Decide,
} from './change-members.ts';
import { groupKey, memberKey, membersPartition, sentKey } from './dynamodb/keys.ts';
import type { Consistency, Item, Table } from './dynamodb/table.ts';
import { fromGroupItem } from './items/group-item.ts';
import { fromMemberItem, toMemberItem } from './items/member-item.ts';
import { forgetLeavers } from './leavers/forget-leavers.ts';
import { renameLeaver } from './leavers/rename-leaver.ts';
import { type Sent, toSent } from './messages/sent-messages.ts';
import { readRecalledApart, readRecalledOf } from './recalled-seqs.ts';

export type { Consistency };

/** A group as one of its members stands in it. */
export interface Membership {
  group: GroupState;
  member: MemberState;
}

const writtenAtOnce = 4;

/** Member rows: the truth that every position, count and list comes from. */
export class Members {
  readonly #table: Table;
  readonly #changing: Changing;

  constructor(table: Table, timing: Omit<Changing, 'table'>) {
    this.#table = table;
    this.#changing = { table, ...timing };
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
    const found = await this.#memberships(groupIds, userId, consistency);
    return found.map((membership) => (membership?.member.left ? undefined : membership));
  }

  /** Those there are, and those there were: for what concerns only the user. */
  async formerMemberships(groupIds: readonly string[], userId: string): Promise<Membership[]> {
    const found = await this.#memberships(groupIds, userId, 'strong');
    return found.filter((membership) => membership !== undefined);
  }

  async #memberships(
    groupIds: readonly string[],
    userId: string,
    consistency: Consistency,
  ): Promise<(Membership | undefined)[]> {
    const keys = groupIds.flatMap((groupId) => [groupKey(groupId), memberKey(groupId, userId)]);
    const items = await this.#table.getMany(keys, consistency);
    const [groups, rows] = [0, 1].map((n) => groupIds.map((_, i) => items[2 * i + n]));
    return this.#toMemberships(groupIds, groups ?? [], rows ?? []);
  }

  async #toMemberships(
    groupIds: readonly string[],
    groups: readonly (Item | undefined)[],
    rows: readonly (Item | undefined)[],
  ): Promise<(Membership | undefined)[]> {
    const groupItems = new Map(groupIds.map((groupId, i) => [groupId, groups[i]]));
    const apart = await readRecalledApart(this.#table, groupItems);
    return groupIds.map((groupId, i) =>
      toMembership(groupId, groups[i], apart.get(groupId), rows[i]),
    );
  }

  /**
   * The same for a change of the member's row, which is read eventually: the write that follows holds
   * its condition. That there is no such member is found out strongly.
   */
  async membershipsToChange(
    groupIds: readonly string[],
    userId: string,
  ): Promise<(Membership | undefined)[]> {
    const [groups, rows] = await Promise.all([
      this.#table.getMany(groupIds.map(groupKey), 'strong'),
      this.#table.getMany(
        groupIds.map((groupId) => memberKey(groupId, userId)),
        'eventual',
      ),
    ]);
    const found = await this.#toMemberships(groupIds, groups, rows);
    const isIn = (membership: Membership | undefined) => membership?.member.left === false;
    const missing = groupIds.filter((_, i) => !isIn(found[i]));
    const again = await this.memberships(missing, userId, 'strong');
    return found.map((membership) => (isIn(membership) ? membership : again.shift()));
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
    const apart = await readRecalledOf(this.#table, groupId, group, 'eventual');
    const membership = toMembership(groupId, group, apart, member);
    return [membership?.member.left ? undefined : membership, sent && toSent(sent)];
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

  /** What the group's version is made of alone: the same read as the rows, and a tenth of the bytes. */
  async versionsIn(groupId: string): Promise<Versioned[]> {
    const items = await this.#table.queryAll({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': membersPartition(groupId) },
      ProjectionExpression: 'version, turns',
      ConsistentRead: true,
    });
    return items.map(({ version, turns = 1 }) => ({ version, turns }) as Versioned);
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

  /** Changes a row that others may be changing: see `changeMember`. */
  change<T>(
    groupId: string,
    known: MemberState,
    decide: Decide<T>,
    consistency: Consistency = 'strong',
  ): Promise<T> {
    return changeMember(this.#changing, groupId, known, decide, consistency);
  }

  /** Changes rows that are decided on together: see `changeMembersTogether`. */
  changeTogether<T>(
    groupId: string,
    known: readonly MemberState[],
    decide: (members: readonly MemberState[]) => ChangeOfMany<T>,
  ): Promise<T> {
    return changeMembersTogether(this.#changing, groupId, known, decide);
  }

  /** The same for many rows; undefined leaves a row as it is. Answers how many were changed. */
  async changeAll(
    groupId: string,
    members: readonly MemberState[],
    toWrite: (member: MemberState) => MemberState | undefined,
  ): Promise<number> {
    let changed = 0;
    await pMap(
      members,
      async (known) => {
        const didChange = await this.change<boolean>(groupId, known, (member) => {
          const write = toWrite(member);
          return write ? { write, result: true } : { result: false };
        });
        if (didChange) changed += 1;
      },
      { concurrency: writtenAtOnce },
    );
    return changed;
  }

  /**
   * Rows that were not there before; answers who had one already, which is left as it is. A few
   * writes at a time are as many as a partition takes, a thousand a second: 5,000 rows take some
   * seconds, and a run that ends early is taken up by doing it again.
   */
  async insertAll(groupId: string, members: readonly MemberState[]): Promise<string[]> {
    const known: string[] = [];
    const faults: unknown[] = [];
    const insert = async (member: MemberState) => {
      // Nothing is under way any more when a failure is answered.
      if (faults.length > 0) return;
      const written = await this.#table.put({
        Item: toMemberItem(groupId, member),
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      // The answer may be lost, and the SDK puts again: then it is refused by its own row, with its number.
      const isTheirs = written.outcome === 'refused' && written.current?.ordinal !== member.ordinal;
      if (isTheirs) known.push(member.userId);
    };
    await pMap(members, (member) => insert(member).catch((error) => faults.push(error)), {
      concurrency: writtenAtOnce,
    });
    if (faults.length > 0) throw faults[0];
    return known;
  }

  /** Takes away the rows of leavers of whom nobody can ask anything any more. */
  forget(groupId: string, leavers: readonly MemberState[]): Promise<void> {
    return forgetLeavers(this.#table, groupId, leavers);
  }

  /** Gives the row of a leaver, if there is one, to a pseudonym. */
  renameLeaver(groupId: string, userId: string, pseudonym: string): Promise<void> {
    return renameLeaver(this.#table, groupId, userId, pseudonym);
  }

  async removeAll(groupId: string, members: readonly MemberState[]): Promise<void> {
    const keys = members.map(({ userId }) => memberKey(groupId, userId));
    await this.#table.deleteMany(keys, 1);
  }
}

function toMembership(
  groupId: string,
  groupItem: Item | undefined,
  recalledApart: RangeSet | undefined,
  memberItem: Item | undefined,
): Membership | undefined {
  const group = fromGroupItem(groupId, groupItem, recalledApart ?? emptySet);
  const member = memberItem && fromMemberItem(memberItem);
  return group && member && { group, member };
}
