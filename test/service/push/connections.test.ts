import { beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../../functions/store/users/connections.ts';
import { PushHarness } from './push-harness.ts';

let harness: PushHarness;
beforeAll(async () => {
  harness = await PushHarness.open();
});

describe('connections', () => {
  it('[PU6] 500 that come back within a second keep every subscription right', async () => {
    const { connections } = harness.service;
    const endsAt = harness.opened.time.now + 60_000;
    const userIds = Array.from({ length: 500 }, (_, i) => `returning-${i}`);
    const connectAll = (run: string) =>
      Promise.all(
        userIds.map(async (userId) => {
          const connection = { userId, connectionId: `${run}-${userId}` };
          await connections.add(connection, endsAt);
          await connections.subscribe(connection, ['returned-to'], endsAt);
          return connection;
        }),
      );
    const before = await connectAll('before');
    const [after] = await Promise.all([
      connectAll('after'),
      ...before.map((connection) => connections.remove(connection)),
    ]);
    const byId = (a: Connection, b: Connection) => (a.connectionId < b.connectionId ? -1 : 1);
    expect((await connections.subscribersOf('returned-to')).sort(byId)).toEqual(after.sort(byId));
    expect((await connections.ofUsers(userIds)).sort(byId)).toEqual(after);
  });

  it('that ended without saying so are filtered, and go with the next one', async () => {
    const { connections } = harness.service;
    const lost = await harness.connect('fay', 'any');
    harness.opened.time.now += 7_200_001;
    expect(await connections.ofUsers(['fay'])).toEqual([]);
    expect(await connections.subscribersOf('any')).toEqual([]);
    const next = await harness.connect('fay');
    harness.opened.time.now -= 7_200_001;
    expect(await connections.ofUsers(['fay'])).toEqual([next]);
    expect(await connections.subscribersOf('any')).toEqual([]);
    expect(lost.connectionId).not.toBe(next.connectionId);
  });
});
