import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PushJob, StillEntitled } from '../../../functions/push/dispatch/push-job.ts';
import { type PushParts, runPushJob } from '../../../functions/push/dispatch/run-push-job.ts';
import { stillEntitled } from '../../../functions/push/recipients/still-entitled.ts';
import { ConnectionSender } from '../../../functions/push/transport/connection-sender.ts';
import { SendLimiter } from '../../../functions/push/transport/send-limiter.ts';
import { lateAfterMs, UsageCounter } from '../../../functions/runtime/usage-counts.ts';
import { type OpenedService, openService } from '../../support/service/open-service.ts';
import { VirtualTime } from '../../support/time/virtual-time.ts';
import { PushHarness } from './push-harness.ts';
import { RecordingPoster } from './recording-poster.ts';

let opened: OpenedService;
let time: VirtualTime;
let poster: RecordingPoster;
let connectionSender: ConnectionSender;
let queued: { job: PushJob; delayMs: number }[];
let usage: UsageCounter;

beforeAll(async () => {
  opened = await openService();
});
beforeEach(() => {
  time = new VirtualTime();
  poster = new RecordingPoster(time.clock);
  queued = [];
  usage = new UsageCounter(time.clock);
  connectionSender = new ConnectionSender(
    opened.service.connections,
    poster,
    time,
    new SendLimiter(time, 5000),
  );
});
afterEach(() => vi.restoreAllMocks());

const ann = { userId: 'ann', connectionId: 'of-ann' };
const bob = { userId: 'bob', connectionId: 'of-bob' };
const counts = JSON.stringify({ type: 'read_status_update', groupId: 'team', counts: [] });

const everyone: StillEntitled = async ({ connections }) => connections;

/** Has a job posted, and whatever comes back to the queue, until it is empty. */
async function send(more: Partial<PushJob> = {}, entitled = everyone, rounds = 1): Promise<void> {
  const job = { data: '{}', groupId: 'team', connections: [ann, bob], attempt: 0 } as const;
  let next: PushJob | undefined = { ...job, madeAt: time.now, ...more };
  for (let round = 1; next && round <= rounds; round++) {
    queued = [];
    await time.pass(runPushJob(parts(entitled), next));
    time.now += queued[0]?.delayMs ?? 0;
    next = queued[0]?.job;
  }
}

const parts = (entitled: StillEntitled): PushParts => ({
  ...{ connectionSender, timing: time, stillEntitled: entitled, usage },
  queue: async (job, delayMs) => void queued.push({ job, delayMs }),
});

describe('a job', () => {
  it('[PU1] counts the frames that came late, and those alone that were posted', async () => {
    const info = vi.spyOn(console, 'info').mockImplementation(() => {});
    poster.outcomes.set('of-bob', ['refused']);
    await send({ madeAt: time.now - lateAfterMs.frame });
    expect(info).not.toHaveBeenCalled();
    await send({ madeAt: time.now - lateAfterMs.frame - 1 });
    expect(info.mock.calls).toEqual([[{ what: 'counted', framesLate: 1 }]]);
  });

  it('[FA3] goes back to the queue for whom it did not reach, for longer each time', async () => {
    poster.outcomes.set('of-bob', ['failed', 'refused', 'sent']);
    const madeAt = time.now;
    await send();
    const again = { data: '{}', groupId: 'team', connections: [bob], attempt: 1, madeAt };
    expect(queued).toEqual([{ job: again, delayMs: 750 }]);
    await send(again);
    expect(queued).toEqual([{ job: { ...again, attempt: 2 }, delayMs: 1500 }]);
    await send({ ...again, attempt: 2 });
    expect(queued).toEqual([]);
    expect(poster.to('of-ann')).toHaveLength(1);
    expect(poster.to('of-bob')).toHaveLength(3);
    expect(poster.closed).toEqual([]);
  });

  it('[PU7] ends who takes nothing for half a minute, while API Gateway answers for them', async () => {
    poster.outcomes.set('of-bob', ['refused']);
    const madeAt = time.now;
    await send({}, everyone, 100);
    expect(poster.to('of-bob')).toHaveLength(7);
    expect(time.now - madeAt).toBeGreaterThan(30_000);
    expect(poster.closed).toEqual(['of-bob']);
  });

  it('[FA5] ends nobody while API Gateway has no time, and gives the frame up in the end', async () => {
    const logged = vi.spyOn(console, 'warn').mockImplementation(() => {});
    poster.outcomes.set('of-bob', ['refused']);
    poster.finding = 'refused';
    const madeAt = time.now;
    await send({}, everyone, 100);
    expect(poster.closed).toEqual([]);
    expect(time.now - madeAt).toBeGreaterThan(15 * 60_000);
    expect(queued).toEqual([]);
    expect(logged.mock.calls).toEqual([[{ what: 'a frame was given up', connections: 1 }]]);
    logged.mockRestore();
  });

  it('[FA5] reaches a client that was refused for ten minutes', async () => {
    poster.outcomes.set('of-bob', [
      ...Array.from({ length: 20 }, () => 'refused' as const),
      'sent',
    ]);
    poster.finding = 'refused';
    const madeAt = time.now;
    await send({}, everyone, 100);
    expect(time.now - madeAt).toBeGreaterThan(10 * 60_000);
    expect(queued).toEqual([]);
    expect(poster.closed).toEqual([]);
  });

  it('[PU7] goes on with whom it can neither reach nor end', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    poster.outcomes.set('of-bob', ['failed']);
    poster.closing = 'failed';
    await send({ attempt: 6 });
    expect(poster.closed).toEqual(['of-bob', 'of-bob', 'of-bob']);
    expect(queued.map(({ job }) => job.connections)).toEqual([[bob]]);
  });

  it('[PU4] of counts that comes late has its clients ask instead: later counts may be out', async () => {
    await send({ data: counts, madeAt: time.now - 45_001 });
    expect(poster.to('of-ann')).toMatchObject([{ type: 'receipts_changed', groupId: 'team' }]);
    await send({ data: counts, madeAt: time.now - 44_000 });
    expect(poster.to('of-ann').at(-1)).toMatchObject({ type: 'read_status_update' });
  });

  it('of a moment is not worth telling later', async () => {
    const data = JSON.stringify({ type: 'typing_indicator', groupId: 'team', userId: 'ann' });
    await send({ data, madeAt: time.now - 10_001 });
    expect(poster.posted).toEqual([]);
    await send({ data, madeAt: time.now - 9000 });
    expect(poster.posted).toHaveLength(2);
  });

  it.each([
    ['tried before', { attempt: 1, madeAt: 0 }],
    ['that waited long', { attempt: 0, madeAt: -2001 }],
    ['that comes minutes late', { attempt: 0, madeAt: -60_001 }],
  ])('[PU5] %s asks at once who may have it', async (_, { madeAt, attempt }) => {
    await send({ attempt, madeAt: time.now + madeAt }, async () => []);
    expect(poster.posted).toEqual([]);
    expect(queued).toEqual([]);
  });
});

describe('those who may still have a frame', () => {
  it('[PU5] are members of its group with a connection that has not ended', async () => {
    const harness = new PushHarness(opened);
    await harness.begin('team', ['ann', 'bob', 'cat']);
    const [phone, tablet] = [await harness.connect('ann'), await harness.connect('ann')];
    const ended = await harness.connect('bob');
    await harness.service.connections.remove(ended);
    const outsider = await harness.connect('eve');
    const connections = [phone, tablet, ended, outsider];
    const entitled = (groupId?: string) => stillEntitled(harness.service, { connections, groupId });
    expect(await entitled('team')).toEqual([phone, tablet]);
    expect(await entitled()).toEqual([phone, tablet, outsider]);
  });
});
