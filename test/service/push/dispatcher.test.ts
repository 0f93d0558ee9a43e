import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Dispatcher } from '../../../functions/push/dispatch/dispatcher.ts';
import type { PushJob } from '../../../functions/push/dispatch/push-job.ts';
import { ConnectionSender } from '../../../functions/push/transport/connection-sender.ts';
import { SendLimiter } from '../../../functions/push/transport/send-limiter.ts';
import type { Connection } from '../../../functions/store/users/connections.ts';
import { type OpenedService, openService } from '../../support/service/open-service.ts';
import { VirtualTime } from '../../support/time/virtual-time.ts';
import { RecordingPoster } from './recording-poster.ts';

const frame = { type: 'typing_indicator', groupId: 'team', userId: 'ann' } as const;
const connectionsOf = (count: number): Connection[] =>
  Array.from({ length: count }, (_, i) => ({ userId: `user-${i}`, connectionId: `c-${i}` }));

let opened: OpenedService;
let time: VirtualTime;
let poster: RecordingPoster;
let queued: { job: PushJob; delayMs: number }[];
let takesJobs: boolean;
let entitled: (job: PushJob) => readonly Connection[];
let dispatcher: Dispatcher;

beforeAll(async () => {
  opened = await openService();
});
beforeEach(() => {
  time = new VirtualTime();
  poster = new RecordingPoster(time.clock);
  queued = [];
  takesJobs = true;
  entitled = ({ connections }) => connections;
  const limiter = new SendLimiter(time, 5000);
  dispatcher = new Dispatcher({
    ...{
      connectionSender: new ConnectionSender(opened.service.connections, poster, time, limiter),
      timing: time,
    },
    queue: async (job, delayMs) => {
      if (!takesJobs) throw new Error('no queue today');
      queued.push({ job, delayMs });
    },
    stillEntitled: async (job) => entitled(job),
    sliceSize: 250,
  });
});

const push = (connections: readonly Connection[]) => time.pass(dispatcher.push(frame, connections));

describe('a dispatcher', () => {
  it('posts to a few by itself, with the time', async () => {
    await push(connectionsOf(100));
    expect(poster.posted).toHaveLength(100);
    expect(poster.posted[0]?.frame).toEqual({ ...frame, timestamp: expect.any(Number) });
    expect(queued).toEqual([]);
  });

  it('[PU7] queues once whom it did not reach, and waits for no one', async () => {
    poster.outcomes.set('c-3', ['failed']).set('c-7', ['refused']).set('c-8', ['gone']);
    const madeAt = time.now;
    const connections = connectionsOf(10);
    await push(connections);
    expect(poster.posted).toHaveLength(10);
    expect(queued).toEqual([
      {
        job: {
          data: JSON.stringify({ ...frame, timestamp: madeAt }),
          ...{ connections: [connections[7], connections[3]], groupId: 'team' },
          ...{ madeAt, attempt: 1 },
        },
        delayMs: 1000,
      },
    ]);
  });

  it('[PU5] names the group of news, and none for an answer to whoever asked', async () => {
    poster.outcomes.set('c-0', ['failed']);
    await push(connectionsOf(1));
    await dispatcher.send(frame, connectionsOf(1));
    expect(queued.map(({ job }) => job.groupId)).toEqual(['team', undefined]);
  });

  it('[PU8] [FA5] posts to none of many: a queue takes them, in slices', async () => {
    const connections = connectionsOf(601);
    await push(connections);
    expect(poster.posted).toEqual([]);
    expect(queued.map(({ job }) => job.connections.length)).toEqual([250, 250, 101]);
    expect(queued.flatMap(({ job }) => job.connections)).toEqual(connections);
    for (const { job, delayMs } of queued) {
      expect(job.attempt).toBe(0);
      expect(delayMs).toBe(0);
    }
  });

  it('[PU8] makes jobs that SQS takes: 1 MB at most', async () => {
    const long = (name: string, i: number) => `${name}-${i}`.padEnd(128, 'x');
    const connections = Array.from({ length: 251 }, (_, i) => ({
      ...{ userId: long('user', i), connectionId: long('connection', i) },
    }));
    await push(connections);
    const data = JSON.stringify('"'.repeat(32 * 1024));
    expect(JSON.stringify({ ...queued[0]?.job, data }).length).toBeLessThan(1024 * 1024);
  });

  it('[FA5] ends nobody, however often they are refused', async () => {
    poster.outcomes.set('c-0', ['refused']);
    for (let n = 1; n <= 20; n++) await push(connectionsOf(1));
    expect(poster.closed).toEqual([]);
    expect(queued).toHaveLength(20);
  });
});

describe('[PU4] where nobody takes a job, a dispatcher', () => {
  beforeEach(() => {
    takesJobs = false;
    vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(console, 'warn').mockImplementation(() => {});
  });
  afterEach(() => vi.restoreAllMocks());

  it('posts from where it is, again and again', async () => {
    poster.outcomes.set('c-7', ['refused', 'failed', 'sent']);
    await push(connectionsOf(600));
    expect(new Set(poster.posted.map(({ connectionId }) => connectionId)).size).toBe(600);
    expect(poster.to('c-7')).toHaveLength(3);
    expect(poster.closed).toEqual([]);
  });

  it('makes those come back whom it does not reach, but for whom only the quota refused', async () => {
    poster.outcomes.set('c-1', ['failed']).set('c-2', ['refused']);
    poster.finding = 'refused';
    await push(connectionsOf(10));
    expect(poster.closed).toEqual(['c-1']);
    expect(vi.mocked(console.warn).mock.calls).toEqual([
      [{ what: 'a frame was given up', connections: 1 }],
    ]);
  });

  it('makes one come back whose buffer is full: API Gateway has the time to say that it is there', async () => {
    poster.outcomes.set('c-2', ['refused']);
    await push(connectionsOf(10));
    expect(poster.found).toEqual(['c-2']);
    expect(poster.closed).toEqual(['c-2']);
    expect(vi.mocked(console.warn)).not.toHaveBeenCalled();
  });

  it('[PU5] asks before each time who may still have it', async () => {
    poster.outcomes.set('c-1', ['failed']);
    entitled = () => [];
    await push(connectionsOf(10));
    expect(poster.posted).toHaveLength(10);
    expect(poster.closed).toEqual([]);
  });
});
