import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConnectionSender } from '../../../functions/push/transport/connection-sender.ts';
import { SendLimiter } from '../../../functions/push/transport/send-limiter.ts';
import type { Connection } from '../../../functions/store/users/connections.ts';
import { type OpenedService, openService } from '../../support/service/open-service.ts';
import { VirtualTime } from '../../support/time/virtual-time.ts';
import { RecordingPoster } from './recording-poster.ts';

const connectionsOf = (count: number): Connection[] =>
  Array.from({ length: count }, (_, i) => ({ userId: `user-${i}`, connectionId: `c-${i}` }));

let opened: OpenedService;
let time: VirtualTime;
let poster: RecordingPoster;
let connectionSender: ConnectionSender;

beforeAll(async () => {
  opened = await openService();
});
beforeEach(() => {
  time = new VirtualTime();
  poster = new RecordingPoster(time.clock);
  connectionSender = newSender(100_000);
});

function newSender(postsPerSecond: number): ConnectionSender {
  const limiter = new SendLimiter(time, postsPerSecond);
  return new ConnectionSender(opened.service.connections, poster, time, limiter);
}

const post = (connections: readonly Connection[]) =>
  connectionSender.post({ data: '{}', connections });
const reached = { refused: [], failed: [] };

describe('a connection sender', () => {
  it('posts once to each connection, and names the ones it did not reach', async () => {
    poster.outcomes.set('c-1', ['failed']).set('c-2', ['refused']);
    const connections = connectionsOf(3);
    expect(await time.pass(post(connections))).toEqual({
      failed: [connections[1]],
      refused: [connections[2]],
    });
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
    opened.time.now += 30_000;
    poster.outcomes.set('gone', ['gone']);
    expect(await post([gone])).toEqual(reached);
    expect(await connections.ofUsers(['ann'])).toEqual([fresh]);
    expect(await connections.subscribersOf('team')).toEqual([fresh]);
  });

  it.each([
    ['ThrottlingException', 'a request was throttled', 0],
    ['AccessDeniedException', 'a gone connection was not forgotten', 1],
  ])(
    '[PU6] with %s logs "%s": what is throttled has an alarm of its own',
    async (name, what, faults) => {
      const warned = vi.spyOn(console, 'warn').mockReturnValue();
      const failed = vi.spyOn(console, 'error').mockReturnValue();
      const error = Object.assign(new Error('no'), { name });
      const removal = vi.spyOn(opened.service.connections, 'removeGone').mockRejectedValue(error);
      poster.outcomes.set('gone', ['gone']);
      expect(await post([{ userId: 'ann', connectionId: 'gone' }])).toEqual(reached);
      const lines = [...warned.mock.calls, ...failed.mock.calls].map(([line]) => line);
      expect(lines).toMatchObject([{ what, error: name }]);
      expect(failed).toHaveBeenCalledTimes(faults);
      for (const each of [warned, failed, removal]) each.mockRestore();
    },
  );

  it('[PU6] forgets a connection once, however many frames find it gone at this moment', async () => {
    const { connections } = opened.service;
    const removal = vi.spyOn(connections, 'removeGone');
    const gone = { userId: 'dan', connectionId: 'gone-once' };
    await connections.add(gone, opened.time.now + 60_000);
    opened.time.now += 30_000;
    poster.outcomes.set(gone.connectionId, ['gone']);
    await Promise.all([post([gone]), post([gone]), post([gone])]);
    expect(removal).toHaveBeenCalledTimes(1);
    expect(await connections.ofUsers(['dan'])).toEqual([]);
    await post([gone]);
    expect(removal).toHaveBeenCalledTimes(2);
    removal.mockRestore();
  });

  it('[PU1] [PU6] keeps a connection that API Gateway does not know yet', async () => {
    const { connections } = opened.service;
    const opening = { userId: 'cat', connectionId: 'opening' };
    await connections.add(opening, opened.time.now + 60_000);
    opened.time.now += 29_999;
    poster.outcomes.set('opening', ['gone']);
    expect(await post([opening])).toEqual(reached);
    poster.finding = 'gone';
    expect(await connectionSender.closeUnresponsive([opening])).toEqual([]);
    expect(await connections.ofUsers(['cat'])).toEqual([opening]);
    opened.time.now += 1;
    poster.outcomes.set('opening', ['gone']);
    await post([opening]);
    expect(await connections.ofUsers(['cat'])).toEqual([]);
  });

  it('[PU6] closes a connection it cuts off, and forgets it only if that worked', async () => {
    const { connections } = opened.service;
    const stuck = { userId: 'bob', connectionId: 'stuck' };
    await connections.add(stuck, opened.time.now + 60_000);
    poster.closing = 'failed';
    expect(await time.pass(connectionSender.closeConnection(stuck))).toBe(false);
    expect(await connections.ofUsers(['bob'])).toEqual([stuck]);
    poster.closing = 'sent';
    expect(await time.pass(connectionSender.closeConnection(stuck))).toBe(true);
    expect(await connections.ofUsers(['bob'])).toEqual([]);
  });

  it('[PU7] keeps 100 posts under way, so that one that hangs takes one place of them', async () => {
    poster = new RecordingPoster(time.clock, () => time.wait(20));
    connectionSender = newSender(100_000);
    const startedAt = time.now;
    const several = [post(connectionsOf(300)), post(connectionsOf(300))];
    await time.pass(Promise.all(several));
    expect(poster.posted).toHaveLength(600);
    expect(poster.maxAtOnce).toBe(100);
    expect(time.now - startedAt).toBe(120);
  });

  it('[FA5] ends who takes nothing though API Gateway answers for them, and nobody while it does not', async () => {
    const [stuck, gone] = connectionsOf(2) as [Connection, Connection];
    poster.finding = 'refused';
    expect(await time.pass(connectionSender.closeUnresponsive([stuck]))).toEqual([stuck]);
    expect(poster.closed).toEqual([]);
    poster.finding = 'sent';
    expect(await time.pass(connectionSender.closeUnresponsive([stuck]))).toEqual([]);
    expect(poster.closed).toEqual([stuck.connectionId]);
    poster.finding = 'gone';
    expect(await time.pass(connectionSender.closeUnresponsive([gone]))).toEqual([]);
    expect(poster.closed).toEqual([stuck.connectionId]);
  });

  it('[FA5] does not even ask while API Gateway refuses many', async () => {
    const connections = connectionsOf(5);
    for (const { connectionId } of connections) poster.outcomes.set(connectionId, ['refused']);
    await time.pass(post(connections));
    expect(await time.pass(connectionSender.closeUnresponsive(connections))).toEqual(connections);
    expect(poster.found).toEqual([]);
  });
});
