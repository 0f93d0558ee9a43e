import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Courier } from '../../../functions/push/courier.ts';
import type { Connection } from '../../../functions/store/connections.ts';
import { type OpenedService, openService } from '../open-service.ts';
import { RecordingPoster } from './recording-poster.ts';
import { VirtualTime } from './virtual-time.ts';

const connectionsOf = (count: number): Connection[] =>
  Array.from({ length: count }, (_, i) => ({ userId: `user-${i}`, connectionId: `c-${i}` }));

let opened: OpenedService;
let time: VirtualTime;
let poster: RecordingPoster;
let courier: Courier;

beforeAll(async () => {
  opened = await openService();
});
beforeEach(() => {
  time = new VirtualTime();
  poster = new RecordingPoster(time.clock);
  courier = new Courier(opened.service.connections, poster, time);
});

const post = (connections: readonly Connection[], postsPerSecond = 100_000) =>
  courier.post({ data: '{}', connections, postsPerSecond });

describe('a courier', () => {
  it('posts once to each connection, and names the ones it did not reach', async () => {
    poster.outcomes.set('c-1', ['failed']);
    const connections = connectionsOf(3);
    expect(await time.pass(post(connections))).toEqual([connections[1]]);
    expect(poster.posted.map(({ connectionId }) => connectionId)).toEqual(['c-0', 'c-1', 'c-2']);
  });

  it('[PU6] forgets a connection that is gone, with its subscriptions, and not its replacement', async () => {
    const { connections } = opened.service;
    const endsAt = opened.time.now + 60_000;
    const gone = { userId: 'ann', connectionId: 'gone' };
    const fresh = { userId: 'ann', connectionId: 'fresh' };
    for (const connection of [gone, fresh]) {
      await connections.add(connection, endsAt);
      await connections.subscribe(connection, ['team'], endsAt);
    }
    poster.outcomes.set('gone', ['gone']);
    expect(await post([gone])).toEqual([]);
    expect(await connections.ofUsers(['ann'])).toEqual([fresh]);
    expect(await connections.subscribersOf('team')).toEqual([fresh]);
  });

  it('[PU6] closes a connection it cuts off, and forgets it only if that worked', async () => {
    const { connections } = opened.service;
    const stuck = { userId: 'bob', connectionId: 'stuck' };
    await connections.add(stuck, opened.time.now + 60_000);
    poster.closing = 'failed';
    expect(await time.pass(courier.cutOff(stuck))).toBe(false);
    expect(await connections.ofUsers(['bob'])).toEqual([stuck]);
    poster.closing = 'sent';
    expect(await time.pass(courier.cutOff(stuck))).toBe(true);
    expect(await connections.ofUsers(['bob'])).toEqual([]);
  });

  it('[PU7] keeps 200 posts under way, so that one that hangs takes one place of them', async () => {
    poster = new RecordingPoster(time.clock, () => time.wait(20));
    courier = new Courier(opened.service.connections, poster, time);
    const startedAt = time.now;
    const several = [post(connectionsOf(300)), post(connectionsOf(300))];
    await time.pass(Promise.all(several));
    expect(poster.posted).toHaveLength(600);
    expect(poster.mostAtOnce).toBe(200);
    expect(time.now - startedAt).toBe(60);
  });

  it('begins no more posts in a second than it may, over all its parcels together', async () => {
    const startedAt = time.now;
    await time.pass(Promise.all([post(connectionsOf(150), 100), post(connectionsOf(150), 100)]));
    const times = poster.posted.map(({ atMs }) => atMs - startedAt).sort((a, b) => a - b);
    expect(times.at(-1)).toBeCloseTo(2990, 0);
    for (const [i, atMs] of times.entries()) expect(atMs).toBeGreaterThanOrEqual(i * 10 - 5);
  });

  it('posts at once again after a pause: what was not used is not saved up', async () => {
    await time.pass(post(connectionsOf(10), 100));
    time.now += 60_000;
    const again = time.now;
    await time.pass(post(connectionsOf(10), 100));
    expect((poster.posted.at(-1)?.atMs ?? 0) - again).toBeCloseTo(90, 0);
  });
});
