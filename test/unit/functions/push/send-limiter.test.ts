import { beforeEach, describe, expect, it } from 'vitest';
import type { PostOutcome } from '../../../../functions/push/transport/frame-poster.ts';
import { SendLimiter } from '../../../../functions/push/transport/send-limiter.ts';
import { VirtualTime } from '../../../support/time/virtual-time.ts';

let time: VirtualTime;
let limiter: SendLimiter;
let begun: number[];
beforeEach(() => {
  time = new VirtualTime();
  limiter = new SendLimiter(time, 100);
  begun = [];
});

/** Answers how long after the call each post began, in milliseconds. */
async function send(count: number, delivery: (i: number) => PostOutcome = () => 'sent') {
  const startedAt = time.now;
  begun = [];
  const posts = Array.from({ length: count }, (_, i) =>
    limiter.pass(`c-${i}`, async () => {
      begun.push(time.now - startedAt);
      return delivery(i);
    }),
  );
  await time.pass(Promise.all(posts));
}

describe('a limiter of posts', () => {
  it('lets half a second of them go at once, and then so many a second', async () => {
    await send(250);
    expect(begun.filter((ms) => ms === 0)).toHaveLength(51);
    expect(begun.at(-1)).toBeCloseTo(1990, 0);
    for (const [i, ms] of begun.entries()) expect(ms).toBeGreaterThanOrEqual(i * 10 - 505);
  });

  it('saves up nothing beyond that', async () => {
    await send(10);
    time.now += 3_600_000;
    await send(100);
    expect(begun.at(-1)).toBeCloseTo(490, 0);
  });

  it('[FA5] halves the rate when several clients are refused, and takes it back in steps', async () => {
    await send(20, () => 'refused');
    expect(limiter.isThrottled).toBe(true);
    time.now += 1000;
    await send(100);
    // Half of 100 a second and what has grown back, without a burst.
    expect(begun.at(-1)).toBeGreaterThan(1500);
    expect(begun.at(-1)).toBeLessThan(2000);
    time.now += 10_000;
    expect(limiter.isThrottled).toBe(false);
    await send(100);
    expect(begun.at(-1)).toBeCloseTo(490, 0);
  });

  it('[FA5] goes on halving while refusals go on, down to an eighth', async () => {
    for (let second = 0; second < 20; second++) {
      await send(5, () => 'refused');
      time.now += 1000;
    }
    await send(26);
    expect(begun.at(-1)).toBeGreaterThan(1200);
    expect(begun.at(-1)).toBeLessThanOrEqual(2000);
  });

  it('[PU7] is not slowed by the few who do not read', async () => {
    for (let second = 0; second < 10; second++) {
      await send(200, (i) => (i % 50 === 0 ? 'refused' : 'sent'));
      time.now += 1000;
    }
    for (let n = 0; n < 20; n++) await limiter.pass('stuck', async () => 'refused');
    expect(limiter.isThrottled).toBe(false);
  });

  it('[PU7] keeps 100 under way', async () => {
    limiter = new SendLimiter(time, 100_000);
    let underWay = 0;
    let most = 0;
    const post = async (): Promise<PostOutcome> => {
      most = Math.max(most, ++underWay);
      await time.wait(20);
      underWay--;
      return 'sent';
    };
    await time.pass(Promise.all(Array.from({ length: 600 }, (_, i) => limiter.pass(`${i}`, post))));
    expect(most).toBe(100);
  });
});
