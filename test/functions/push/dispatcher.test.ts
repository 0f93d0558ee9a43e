import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Courier, type Parcel } from '../../../functions/push/courier.ts';
import { Dispatcher } from '../../../functions/push/dispatcher.ts';
import type { Connection } from '../../../functions/store/connections.ts';
import { type OpenedService, openService } from '../open-service.ts';
import { RecordingPoster } from './recording-poster.ts';
import { VirtualTime } from './virtual-time.ts';

const frame = { type: 'typing_indicator', groupId: 'team', userId: 'ann' } as const;
const connectionsOf = (count: number): Connection[] =>
  Array.from({ length: count }, (_, i) => ({ userId: `user-${i}`, connectionId: `c-${i}` }));

let opened: OpenedService;
let time: VirtualTime;
let poster: RecordingPoster;
let parcels: Parcel[];
let takesParcels: boolean;
let dispatcher: Dispatcher;

beforeAll(async () => {
  opened = await openService();
});
beforeEach(() => {
  time = new VirtualTime();
  poster = new RecordingPoster(time.clock);
  parcels = [];
  takesParcels = true;
  const courier = new Courier(opened.service.connections, poster, time);
  const handOff = async (parcel: Parcel) => {
    if (!takesParcels) throw new Error('no Lambda today');
    parcels.push(parcel);
  };
  dispatcher = new Dispatcher(courier, handOff, 5000, time.clock);
});

const push = (connections: readonly Connection[]) => time.pass(dispatcher.push(frame, connections));

describe('a dispatcher', () => {
  it('posts to a few by itself, with the time', async () => {
    await push(connectionsOf(500));
    expect(poster.posted).toHaveLength(500);
    expect(poster.posted[0]?.frame).toEqual({ ...frame, timestamp: expect.any(Number) });
    expect(parcels).toEqual([]);
  });

  it('[PU7] hands on once whom it did not reach, and waits for no one', async () => {
    poster.outcomes.set('c-3', ['failed']).set('c-7', ['failed']).set('c-8', ['gone']);
    const madeAt = time.now;
    const connections = connectionsOf(10);
    await push(connections);
    expect(poster.posted).toHaveLength(10);
    expect(parcels).toEqual([
      {
        data: JSON.stringify({ ...frame, timestamp: madeAt }),
        ...{ connections: [connections[3], connections[7]], groupId: 'team' },
        ...{ madeAt, delayMs: 0, postsPerSecond: 5000, isRetry: true },
      },
    ]);
  });

  it('[PU5] names the group of news, and none for an answer to whoever asked', async () => {
    poster.outcomes.set('c-0', ['failed']);
    await push(connectionsOf(1));
    await dispatcher.send(frame, connectionsOf(1));
    expect(parcels.map(({ groupId }) => groupId)).toEqual(['team', undefined]);
  });

  it('[PU8] cuts many into slices of 500, each in its turn', async () => {
    const connections = connectionsOf(1201);
    await push(connections);
    await push(connections);
    expect(poster.posted).toEqual([]);
    expect(parcels.map((parcel) => parcel.connections.length)).toEqual([
      ...[500, 500, 201],
      ...[500, 500, 201],
    ]);
    expect(parcels.flatMap((parcel) => parcel.connections).slice(0, 1201)).toEqual(connections);
    // 500 take a tenth of a second at 5,000 a second: together they stay below it.
    const delays = [0, 100, 200, 240.2, 340.2, 440.2];
    for (const [i, { delayMs }] of parcels.entries())
      expect(delayMs).toBeCloseTo(delays[i] ?? 0, 1);
  });

  it('[PU8] makes parcels that Lambda takes: 1 MB at most', async () => {
    const long = (name: string, i: number) => `${name}-${i}`.padEnd(64, 'x');
    const connections = Array.from({ length: 501 }, (_, i) => ({
      ...{ userId: long('user', i), connectionId: long('connection', i) },
    }));
    await push(connections);
    const data = JSON.stringify('"'.repeat(32 * 1024));
    expect(JSON.stringify({ ...parcels[0], data }).length).toBeLessThan(1024 * 1024);
  });

  it('[PU7] cuts off who fails five times in a row, and counts anew after a success', async () => {
    const slow = connectionsOf(1);
    poster.outcomes.set('c-0', ['failed', 'failed', 'failed', 'failed', 'sent', 'failed']);
    for (let n = 1; n <= 9; n++) await push(slow);
    expect(poster.closed).toEqual([]);
    expect(parcels).toHaveLength(8);
    await push(slow);
    expect(poster.closed).toEqual(['c-0']);
    expect(parcels).toHaveLength(8);
  });

  it('hands on whom it cannot even cut off', async () => {
    poster.outcomes.set('c-0', ['failed']);
    poster.closing = 'failed';
    for (let n = 1; n <= 5; n++) await push(connectionsOf(1));
    expect(parcels).toHaveLength(5);
  });

  it('[PU4] where nobody takes a parcel: posts from here, and who is not reached has to come back', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    takesParcels = false;
    poster.outcomes.set('c-77', ['failed']);
    await push(connectionsOf(100));
    expect(poster.posted).toHaveLength(100);
    expect(poster.closed).toEqual(['c-77']);
    await push(connectionsOf(600));
    expect(new Set(poster.posted.map(({ connectionId }) => connectionId)).size).toBe(600);
    expect(poster.closed).toEqual(['c-77', 'c-77']);
    expect(logged).toHaveBeenCalledTimes(3);
    logged.mockRestore();
  });
});
