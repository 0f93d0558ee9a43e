import pMap from 'p-map';
import type { Clock } from '../../runtime/timing.ts';
import {
  connectionsKey,
  memberKey,
  openGroupsKey,
  subscriptionKey,
  subscriptionsPartition,
} from '../dynamodb/keys.ts';
import type { Item, Table } from '../dynamodb/table.ts';
import {
  connectionPrefix,
  connectionsIn,
  groupsIn,
  isPresent,
  namesOf,
} from './connection-items.ts';
import { ConnectionRows } from './connection-rows.ts';

/** A live WebSocket connection of a user. */
export interface Connection {
  userId: string;
  connectionId: string;
}

/** Whom a frame is for: a user, or a user only while in the group. */
export interface Recipient {
  userId: string;
  memberOf?: string | undefined;
  /** When somebody last joined or left that group. */
  membersChangedAt?: number;
}

/** The connections of a recipient, and the first seq that they see of the group. */
export interface Reachable {
  connections: Connection[];
  fromSeq: number;
}

/** An eventual read usually shows what was written a second ago; the clocks of functions differ as well. */
const replicationMs = 10_000;

/** API Gateway gives `$connect` 29 seconds; until it returns, posts to the connection are answered 410. */
const openingMs = 30_000;

/** So many devices, tabs and programs of one user are pushed to. */
export const maxConnections = 20;
/** As many as one frame may name. */
export const maxOpenGroups = 50;
const openAttempts = 10;
const closedAtOnce = 25;

/**
 * One item per user with all their connections: each connection is an attribute with the time it
 * ends, and one with the time it began. Finding whom to push to is then one read. Which groups a connection has open is kept
 * apart: only its end asks for that, and every push to the user would read it.
 */
export class Connections {
  readonly #table: Table;
  readonly #clock: Clock;
  readonly #rows: ConnectionRows;

  constructor(table: Table, clock: Clock) {
    this.#table = table;
    this.#clock = clock;
    this.#rows = new ConnectionRows(table, clock);
  }

  /**
   * Adds a connection, and drops the ones that have ended without saying so. Above the limit those
   * that end first are dropped as well and answered: `$disconnect` may be lost, so to refuse the new
   * one could shut a user out for two hours.
   */
  async add({ userId, connectionId }: Connection, endsAt: number): Promise<Connection[]> {
    const written = await this.#table.update({
      Key: connectionsKey(userId),
      UpdateExpression: 'SET #connection = :endsAt, #opened = :now, expiresAt = :expiresAt',
      ExpressionAttributeNames: namesOf(connectionId),
      ExpressionAttributeValues: {
        ':endsAt': endsAt,
        ':now': this.#clock(),
        ':expiresAt': Math.ceil(endsAt / 1000) + 7200,
      },
    });
    const others = connectionsIn(written.outcome === 'written' ? written.item : {})
      .filter((other) => other.connectionId !== connectionId)
      .sort((one, other) => other.endsAt - one.endsAt);
    const now = this.#clock();
    const ended = others.filter((other) => other.endsAt <= now);
    const surplus = others.filter((other) => other.endsAt > now).slice(maxConnections - 1);
    const gone = [...ended, ...surplus];
    await Promise.all(gone.map((c) => this.remove({ userId, connectionId: c.connectionId })));
    return surplus.map((c) => ({ userId, connectionId: c.connectionId }));
  }

  /**
   * Forgets a connection and its subscriptions; one that replaced it has another id and stays. A frame
   * that subscribes at this moment looks for the connection afterwards: it goes first.
   */
  async remove({ userId, connectionId }: Connection): Promise<void> {
    await this.#table.update({
      Key: connectionsKey(userId),
      UpdateExpression: 'REMOVE #connection, #opened',
      ConditionExpression: 'attribute_exists(#connection)',
      ExpressionAttributeNames: namesOf(connectionId),
    });
    await this.#removeSubscriptions({ userId, connectionId });
  }

  /**
   * The same for a connection that API Gateway called gone, unless it has just begun: it may not be open
   * yet, and would be pushed nothing for as long as it lasts. `groupId` is a group that it was found to
   * have open.
   */
  async removeGone({ userId, connectionId }: Connection, groupId?: string): Promise<void> {
    const removed = await this.#table.update({
      Key: connectionsKey(userId),
      UpdateExpression: 'REMOVE #connection, #opened',
      ConditionExpression:
        'attribute_exists(#connection) AND (attribute_not_exists(#opened) OR #opened <= :before)',
      ExpressionAttributeNames: namesOf(connectionId),
      ExpressionAttributeValues: { ':before': this.#clock() - openingMs },
    });
    const isOpening =
      removed.outcome === 'refused' &&
      removed.current?.[connectionPrefix + connectionId] !== undefined;
    if (!isOpening) await this.#removeSubscriptions({ userId, connectionId }, groupId);
  }

  async #removeSubscriptions(
    { userId, connectionId }: Connection,
    groupId?: string,
  ): Promise<void> {
    const openKey = openGroupsKey(userId, connectionId);
    const [open] = await this.#table.getMany([openKey], 'strong');
    const groupIds = new Set([...groupsIn(open), ...(groupId === undefined ? [] : [groupId])]);
    const subscriptions = [...groupIds].map((id) => subscriptionKey(id, connectionId));
    await this.#table.deleteMany(open ? [openKey, ...subscriptions] : subscriptions);
  }

  /** The connections of each user that have not ended. */
  async ofUsers(userIds: readonly string[]): Promise<Connection[]> {
    const items = await this.#rows.of(userIds);
    return userIds.flatMap((userId) => this.#openIn(userId, items.get(userId)));
  }

  /**
   * The same for each recipient, their membership looked up by the same request: strongly, where it may
   * have changed so recently that another read might show it as it was before.
   */
  async ofRecipients(recipients: readonly Recipient[]): Promise<Reachable[]> {
    const users = recipients.map(({ userId }) => connectionsKey(userId));
    const inGroups = recipients.filter(({ memberOf }) => memberOf !== undefined);
    const rows = inGroups.map(({ userId, memberOf = '' }) => memberKey(memberOf, userId));
    const settledAt = this.#clock() - replicationMs;
    const isSettled = inGroups.every(({ membersChangedAt = 0 }) => membersChangedAt < settledAt);
    const consistency = isSettled ? 'eventual' : 'strong';
    const items = await this.#table.getMany([...users, ...rows], consistency);
    const rowOf = new Map(inGroups.map((each, i) => [each, items[users.length + i]]));
    return recipients.map((recipient, i) => {
      const row = rowOf.get(recipient);
      const isIn = recipient.memberOf === undefined || isPresent(row);
      return {
        connections: isIn ? this.#openIn(recipient.userId, items[i]) : [],
        fromSeq: Number(row?.from ?? 1),
      };
    });
  }

  #openIn(userId: string, item: Item = {}): Connection[] {
    const now = this.#clock();
    return connectionsIn(item)
      .filter(({ endsAt }) => endsAt > now)
      .map(({ connectionId }) => ({ userId, connectionId }));
  }

  /** Opens groups on a connection, as many as it may have; answers those that are open now. */
  async subscribe(
    connection: Connection,
    groupIds: readonly string[],
    endsAt: number,
  ): Promise<string[]> {
    const { userId, connectionId } = connection;
    const expiresAt = Math.ceil(endsAt / 1000);
    const open = await this.#open(connection, groupIds, expiresAt);
    await this.#table.putMany(
      open.map((groupId) => ({
        ...subscriptionKey(groupId, connectionId),
        userId,
        endsAt,
        expiresAt,
      })),
    );
    if (!(await this.isKnown(connection))) {
      const subscriptions = open.map((groupId) => subscriptionKey(groupId, connectionId));
      await this.#table.deleteMany([openGroupsKey(userId, connectionId), ...subscriptions]);
    }
    return open;
  }

  /** A connection may be cut while it subscribes. */
  async isKnown({ userId, connectionId }: Connection): Promise<boolean> {
    const [item] = await this.#table.getMany([connectionsKey(userId)], 'strong');
    return item?.[connectionPrefix + connectionId] !== undefined;
  }

  /** The row's own condition keeps the limit, whatever frames of the connection run beside this. */
  async #open(
    { userId, connectionId }: Connection,
    groupIds: readonly string[],
    expiresAt: number,
  ): Promise<string[]> {
    let opening = groupIds.slice(0, maxOpenGroups);
    let fits = 'attribute_not_exists(groupIds) OR size(groupIds) <= :count';
    let count = maxOpenGroups - opening.length;
    for (let attempt = 1; attempt <= openAttempts && opening.length > 0; attempt++) {
      const written = await this.#table.update({
        Key: openGroupsKey(userId, connectionId),
        UpdateExpression: 'SET expiresAt = :expiresAt ADD groupIds :groupIds',
        ConditionExpression: fits,
        ExpressionAttributeValues: {
          ':groupIds': new Set(opening),
          ':expiresAt': expiresAt,
          ':count': count,
        },
      });
      if (written.outcome === 'written') return opening;
      const before = groupsIn(written.current);
      const room = maxOpenGroups - before.size;
      const fresh = groupIds.filter((groupId) => !before.has(groupId)).slice(0, room);
      opening = groupIds.filter((groupId) => before.has(groupId) || fresh.includes(groupId));
      fits = before.size > 0 ? 'size(groupIds) = :count' : fits;
      count = before.size > 0 ? before.size : maxOpenGroups - opening.length;
    }
    return [];
  }

  async unsubscribe({ userId, connectionId }: Connection, groupId: string): Promise<void> {
    await this.#table.deleteMany([subscriptionKey(groupId, connectionId)]);
    await this.#table.update({
      Key: openGroupsKey(userId, connectionId),
      UpdateExpression: 'DELETE groupIds :groupIds',
      ConditionExpression: 'attribute_exists(groupIds)',
      ExpressionAttributeValues: { ':groupIds': new Set([groupId]) },
    });
  }

  /** Ends the group's subscriptions: one user's, or everyone's. */
  async closeGroup(groupId: string, userId?: string): Promise<void> {
    const open = await this.subscribersOf(groupId);
    const closing = open.filter((connection) => !userId || connection.userId === userId);
    await pMap(closing, (connection) => this.unsubscribe(connection, groupId), {
      concurrency: closedAtOnce,
    });
  }

  /** Connections that have the group open and have not ended. */
  async subscribersOf(groupId: string): Promise<Connection[]> {
    const subscribers: Connection[] = [];
    for await (const page of this.#subscribers(groupId)) subscribers.push(...page);
    return subscribers;
  }

  /** How many of them there are, up to a number. */
  async countSubscribers(groupId: string, max: number): Promise<number> {
    let count = 0;
    for await (const page of this.#subscribers(groupId, { Limit: max })) {
      count += page.length;
      if (count >= max) return max;
    }
    return count;
  }

  async *#subscribers(groupId: string, paging: { Limit?: number } = {}) {
    const pages = this.#table.query({
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': subscriptionsPartition(groupId) },
      ConsistentRead: true,
      ...paging,
    });
    const now = this.#clock();
    for await (const page of pages) {
      yield page
        .filter((item) => (item.endsAt as number) > now)
        .map(
          (item): Connection => ({
            userId: item.userId as string,
            connectionId: item.sk as string,
          }),
        );
    }
  }
}
