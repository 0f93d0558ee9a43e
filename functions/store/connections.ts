import { connectionsKey, memberKey, subscriptionKey, subscriptionsPartition } from './keys.ts';
import type { Item, Table } from './table.ts';

/** A live WebSocket connection of a user. */
export interface Connection {
  userId: string;
  connectionId: string;
}

/** Whom a frame is for: a user, or a user only while in the group. */
export interface Recipient {
  userId: string;
  memberOf?: string | undefined;
}

const connectionPrefix = 'c:';
const groupsPrefix = 'g:';

/**
 * One item per user with all their connections: each connection is an attribute with the time it
 * ends, and beside it the groups it shows. Finding whom to push to is then one BatchGet.
 */
export class Connections {
  readonly #table: Table;
  readonly #clock: () => number;

  constructor(table: Table, clock: () => number) {
    this.#table = table;
    this.#clock = clock;
  }

  /** Adds a connection, and drops the ones that have ended without saying so. */
  async add({ userId, connectionId }: Connection, endsAt: number): Promise<void> {
    const written = await this.#table.update({
      Key: connectionsKey(userId),
      UpdateExpression: 'SET #connection = :endsAt, expiresAt = :expiresAt',
      ExpressionAttributeNames: { '#connection': connectionPrefix + connectionId },
      ExpressionAttributeValues: {
        ':endsAt': endsAt,
        ':expiresAt': Math.ceil(endsAt / 1000) + 7200,
      },
    });
    const item = written.outcome === 'written' ? written.item : {};
    const ended = connectionsIn(item).filter((c) => c.endsAt <= this.#clock());
    await Promise.all(ended.map((c) => this.remove({ userId, connectionId: c.connectionId })));
  }

  /** Forgets a connection and its subscriptions; one that replaced it has another id and stays. */
  async remove({ userId, connectionId }: Connection): Promise<void> {
    const groups = groupsPrefix + connectionId;
    const written = await this.#table.update({
      Key: connectionsKey(userId),
      UpdateExpression: 'REMOVE #connection, #groups',
      ConditionExpression: 'attribute_exists(#connection) OR attribute_exists(#groups)',
      ExpressionAttributeNames: {
        '#connection': connectionPrefix + connectionId,
        '#groups': groups,
      },
      ReturnValues: 'ALL_OLD',
    });
    if (written.outcome === 'refused') return;
    const groupIds = [...((written.item[groups] as Set<string> | undefined) ?? [])];
    await this.#table.deleteMany(groupIds.map((groupId) => subscriptionKey(groupId, connectionId)));
  }

  /** The connections of each user that have not ended. */
  async ofUsers(userIds: readonly string[]): Promise<Connection[]> {
    const items = await this.#table.getMany(userIds.map(connectionsKey), 'eventual');
    return userIds.flatMap((userId, i) => this.#openIn(userId, items[i]));
  }

  /** The same for each recipient, their membership looked up by the same request. */
  async ofRecipients(recipients: readonly Recipient[]): Promise<Connection[][]> {
    const users = recipients.map(({ userId }) => connectionsKey(userId));
    const inGroups = recipients.filter(({ memberOf }) => memberOf !== undefined);
    const rows = inGroups.map(({ userId, memberOf = '' }) => memberKey(memberOf, userId));
    const consistency = rows.length > 0 ? 'strong' : 'eventual';
    const items = await this.#table.getMany([...users, ...rows], consistency);
    const present = new Set(inGroups.filter((_, i) => isPresent(items[users.length + i])));
    return recipients.map((recipient, i) =>
      recipient.memberOf === undefined || present.has(recipient)
        ? this.#openIn(recipient.userId, items[i])
        : [],
    );
  }

  #openIn(userId: string, item: Item = {}): Connection[] {
    const now = this.#clock();
    return connectionsIn(item)
      .filter(({ endsAt }) => endsAt > now)
      .map(({ connectionId }) => ({ userId, connectionId }));
  }

  async subscribe(
    { userId, connectionId }: Connection,
    groupIds: readonly string[],
    endsAt: number,
  ) {
    await this.#table.update({
      Key: connectionsKey(userId),
      UpdateExpression: 'ADD #groups :groupIds',
      ExpressionAttributeNames: { '#groups': groupsPrefix + connectionId },
      ExpressionAttributeValues: { ':groupIds': new Set(groupIds) },
    });
    const expiresAt = Math.ceil(endsAt / 1000);
    await this.#table.putMany(
      groupIds.map((groupId) => ({
        ...subscriptionKey(groupId, connectionId),
        userId,
        endsAt,
        expiresAt,
      })),
    );
  }

  async unsubscribe({ userId, connectionId }: Connection, groupId: string): Promise<void> {
    await this.#table.deleteMany([subscriptionKey(groupId, connectionId)]);
    await this.#table.update({
      Key: connectionsKey(userId),
      UpdateExpression: 'DELETE #groups :groupIds',
      ExpressionAttributeNames: { '#groups': groupsPrefix + connectionId },
      ExpressionAttributeValues: { ':groupIds': new Set([groupId]) },
    });
  }

  /** Ends the group's subscriptions: one user's, or everyone's. */
  async closeGroup(groupId: string, userId?: string): Promise<void> {
    const open = await this.subscribersOf(groupId);
    const closing = open.filter((connection) => !userId || connection.userId === userId);
    await Promise.all(closing.map((connection) => this.unsubscribe(connection, groupId)));
  }

  /** Connections that have the group open and have not ended. */
  async subscribersOf(groupId: string): Promise<Connection[]> {
    const subscribers: Connection[] = [];
    for await (const page of this.#subscribers(groupId)) subscribers.push(...page);
    return subscribers;
  }

  /** Whether there is any of them. */
  async hasSubscribers(groupId: string): Promise<boolean> {
    for await (const page of this.#subscribers(groupId, { Limit: 10 })) {
      if (page.length > 0) return true;
    }
    return false;
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

/** A member row keeps the user's id as an attribute, for its index, for as long as they are in. */
const isPresent = (memberItem: Item | undefined): boolean => memberItem?.userId !== undefined;

function connectionsIn(item: Item): { connectionId: string; endsAt: number }[] {
  return Object.entries(item)
    .filter(([name]) => name.startsWith(connectionPrefix))
    .map(([name, endsAt]) => ({
      connectionId: name.slice(connectionPrefix.length),
      endsAt: endsAt as number,
    }));
}
