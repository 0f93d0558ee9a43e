import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Courier, type Parcel } from '../../../functions/push/courier.ts';
import { pushParcel, type StillEntitled } from '../../../functions/push/push-parcel.ts';
import { stillEntitled } from '../../../functions/push/still-entitled.ts';
import { type OpenedService, openService } from '../open-service.ts';
import { PushStage } from './push-stage.ts';
import { RecordingPoster } from './recording-poster.ts';
import { VirtualTime } from './virtual-time.ts';

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

const ann = { userId: 'ann', connectionId: 'of-ann' };
const bob = { userId: 'bob', connectionId: 'of-bob' };

const everyone: StillEntitled = async ({ connections }) => connections;

function send(more: Partial<Parcel> = {}, entitled = everyone): Promise<void> {
  const parcel = { data: '{}', connections: [ann, bob], postsPerSecond: 5000 } as const;
  const whole = { ...parcel, madeAt: time.now, delayMs: 0, isRetry: false, ...more };
  return time.pass(pushParcel(courier, whole, time, entitled));
}

describe('a parcel', () => {
  it('waits for its turn', async () => {
    const madeAt = time.now;
    await send({ delayMs: 300 });
    expect(poster.posted.map(({ atMs }) => atMs - madeAt)).toEqual([300, 300]);
  });

  it('[FA3] goes again to whom it did not reach, after pauses with full jitter', async () => {
    poster.outcomes.set('of-bob', ['failed', 'failed', 'failed', 'sent']);
    await send();
    expect(poster.to('of-ann')).toHaveLength(1);
    expect(poster.to('of-bob')).toHaveLength(4);
    expect(time.waits).toEqual([250, 500, 1000]);
    expect(poster.closed).toEqual([]);
  });

  it('[PU7] cuts off who takes nothing in five rounds', async () => {
    poster.outcomes.set('of-bob', ['failed']);
    await send();
    expect(poster.to('of-bob')).toHaveLength(5);
    expect(time.waits).toEqual([250, 500, 1000, 2000]);
    expect(poster.closed).toEqual(['of-bob']);
  });

  it('says so when even closing fails', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
    poster.outcomes.set('of-bob', ['failed']);
    poster.closing = 'failed';
    await send();
    expect(poster.closed).toEqual(['of-bob', 'of-bob', 'of-bob']);
    expect(logged).toHaveBeenCalledTimes(1);
    logged.mockRestore();
  });

  it('[PU4] that comes minutes late, after a crash, makes its clients come back instead', async () => {
    await send({ madeAt: time.now - 60_001 });
    expect(poster.posted).toEqual([]);
    expect(poster.closed).toEqual(['of-ann', 'of-bob']);
  });

  it('[PU5] is not tried again with who may no longer have it', async () => {
    poster.outcomes.set('of-ann', ['failed', 'sent']).set('of-bob', ['failed']);
    await send({}, async () => [ann]);
    expect(poster.to('of-ann')).toHaveLength(2);
    expect(poster.to('of-bob')).toHaveLength(1);
    expect(poster.closed).toEqual([]);
  });

  it.each([
    ['tried before', { isRetry: true, madeAt: 0 }],
    ['that waited long', { isRetry: false, madeAt: -2001 }],
    ['that comes minutes late', { isRetry: false, madeAt: -60_001 }],
  ])('[PU5] %s asks at once who may have it', async (_, { madeAt, isRetry }) => {
    await send({ isRetry, madeAt: time.now + madeAt }, async () => []);
    expect(poster.posted).toEqual([]);
    expect(poster.closed).toEqual([]);
  });
});

describe('those who may still have a frame', () => {
  it('[PU5] are members of its group with a connection that has not ended', async () => {
    const stage = new PushStage(opened);
    await stage.begin('team', ['ann', 'bob', 'cat']);
    const [phone, tablet] = [await stage.connect('ann'), await stage.connect('ann')];
    const ended = await stage.connect('bob');
    await stage.service.connections.remove(ended);
    const outsider = await stage.connect('eve');
    const connections = [phone, tablet, ended, outsider];
    const entitled = (groupId?: string) => stillEntitled(stage.service, { connections, groupId });
    expect(await entitled('team')).toEqual([phone, tablet]);
    expect(await entitled()).toEqual([phone, tablet, outsider]);
  });
});
