import { beforeEach, describe, expect, it } from 'vitest';
import { connectionsKey, openGroupsKey } from '../../../functions/store/dynamodb/keys.ts';
import { maxConnections, maxOpenGroups } from '../../../functions/store/users/connections.ts';
import { subscribeGroups } from '../../../functions/sync/subscribe-groups.ts';
import { Conversation } from '../../support/service/conversation.ts';
import { itemSize } from '../../support/service/item-size.ts';
import { type OpenedService, openService } from '../../support/service/open-service.ts';

let opened: OpenedService;
const userId = 'a'.repeat(128);
const hour = 3_600_000;

beforeEach(async () => {
  opened = await openService();
});

const connect = (n: number) =>
  opened.service.connections.add(
    { userId, connectionId: `connection-${n}=` },
    opened.time.now + hour + n,
  );

const openNow = async () =>
  (await opened.service.connections.ofUsers([userId])).map(({ connectionId }) => connectionId);

describe('[SE9] connections of a user', () => {
  it('are so many at most: the one that would end first makes room for a new one', async () => {
    for (let n = 1; n <= maxConnections; n++) expect(await connect(n)).toEqual([]);
    expect(await connect(maxConnections + 1)).toEqual([{ userId, connectionId: 'connection-1=' }]);
    const open = await openNow();
    expect(open).toHaveLength(maxConnections);
    expect(open).not.toContain('connection-1=');
  });

  it('that ended without saying so take no room', async () => {
    for (let n = 1; n <= maxConnections; n++) await connect(n);
    opened.time.now += 2 * hour;
    expect(await connect(99)).toEqual([]);
    expect(await openNow()).toEqual(['connection-99=']);
  });

  it('stay so many when all come at once', async () => {
    await Promise.all(Array.from({ length: 3 * maxConnections }, (_, n) => connect(n)));
    expect((await openNow()).length).toBeLessThanOrEqual(maxConnections);
  });

  it('[CT9] fit a row of less than 8 KB with all the groups they have open', async () => {
    const ids = Array.from({ length: 60 }, (_, i) => `${i}-`.padEnd(128, 'g'));
    for (let n = 1; n <= maxConnections; n++) {
      await connect(n);
      const connection = { userId, connectionId: `connection-${n}=` };
      await opened.service.connections.subscribe(connection, ids, opened.time.now + hour);
    }
    const row = await opened.table.get(connectionsKey(userId));
    const groups = await opened.table.get(openGroupsKey(userId, 'connection-1='));
    expect(itemSize(row ?? {})).toBeLessThan(1500);
    expect(groups?.groupIds).toHaveProperty('size', maxOpenGroups);
    expect(itemSize(groups ?? {})).toBeLessThan(8192);
  });
});

describe('[SE9] groups that a connection has open', () => {
  const connection = { userId, connectionId: 'only=' };
  const groupIds = Array.from({ length: maxOpenGroups + 10 }, (_, i) => `group-${i}`);

  beforeEach(() => opened.service.connections.add(connection, opened.time.now + hour));

  const subscribe = (ids: readonly string[]) =>
    opened.service.connections.subscribe(connection, ids, opened.time.now + hour);

  it('are so many at most, and those that are open may be opened again', async () => {
    const first = groupIds.slice(0, 40);
    expect(await subscribe(first)).toEqual(first);
    expect(await subscribe(groupIds.slice(30, 60))).toEqual(groupIds.slice(30, 50));
    expect(await subscribe(groupIds.slice(50))).toEqual([]);
    expect(await subscribe(first)).toEqual(first);
    await opened.service.connections.unsubscribe(connection, 'group-0');
    expect(await subscribe(['group-55'])).toEqual(['group-55']);
  });

  it('stay so many when frames come at once', async () => {
    const opening = groupIds.map((groupId) => subscribe([groupId]));
    const opened = (await Promise.all(opening)).flat();
    expect(opened.length).toBeLessThanOrEqual(maxOpenGroups);
    expect(opened.length).toBeGreaterThan(maxOpenGroups / 2);
  });

  it('are all closed with the connection', async () => {
    await subscribe(['group-1', 'group-2']);
    await opened.service.connections.remove(connection);
    expect(await opened.service.connections.subscribersOf('group-1')).toEqual([]);
    expect(await opened.table.get(openGroupsKey(userId, 'only='))).toBeUndefined();
  });

  it('above that are answered TOO_MANY, each by itself', async () => {
    const { service, time } = opened;
    await subscribe(groupIds.slice(0, maxOpenGroups));
    await Conversation.begin(opened, 'mine', [userId, 'bob']);
    const replies = await subscribeGroups(service, connection, ['mine', 'none'], time.now + hour);
    expect(replies).toMatchObject([
      { type: 'subscription_error', groupId: 'mine', code: 'TOO_MANY' },
      { type: 'subscription_error', groupId: 'none', code: 'NOT_FOUND' },
    ]);
  });
});
