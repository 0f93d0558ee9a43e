import { describe, expect, it } from 'vitest';
import {
  countUpTo,
  stepPath,
  TimeScale,
} from '../../../../packages/client/src/elements/readers/curve-scale.ts';

const dayMs = 86_400_000;
const box = { width: 300, height: 100 };

/** How high the curve is at an x, from 0 to 1, as it is drawn. */
function heightAt(path: string, x: number): number {
  let height = 0;
  for (const [, h, v] of path.matchAll(/H([\d.]+)V([\d.]+)/g)) {
    if (Number(h) <= x) height = 1 - Number(v) / box.height;
  }
  return height;
}

describe('the axis of time', () => {
  it('begins at 0, ends after the last read, and goes there and back', () => {
    const scale = new TimeScale(20_000);
    expect(scale.shareOf(0)).toBe(0);
    expect(scale.shareOf(20_000)).toBeCloseTo(0.8);
    expect(new TimeScale(20_000, true).shareOf(20_000)).toBeCloseTo(0.98);
    for (const ms of [10, 900, 5000, 20_000])
      expect(scale.delayAt(scale.shareOf(ms))).toBeCloseTo(ms);
  });

  it.each([0, 500, 30_000, 3_600_000, 9 * dayMs])(
    'has marks apart from each other up to %d ms',
    (last) => {
      const marks = new TimeScale(last).marks();
      expect(marks.length).toBeGreaterThan(0);
      expect(marks.length).toBeLessThan(8);
      marks.forEach(({ share }, i) => {
        expect(share).toBeLessThan(1);
        expect(share - (marks[i - 1]?.share ?? 0)).toBeGreaterThanOrEqual(0.15);
      });
    },
  );
});

describe('the curve', () => {
  it('goes up by one with every reader, and no higher than those who read', () => {
    const scale = new TimeScale(60_000);
    const path = stepPath([1000, 10_000, 60_000], 4, scale, box);
    const at = (ms: number) => heightAt(path, scale.shareOf(ms) * box.width);
    expect([at(900), at(1500), at(15_000), at(60_100)]).toEqual([0, 0.25, 0.5, 0.75]);
  });

  it('has all of those that share a pixel, also before a long pause', () => {
    const together = Array.from({ length: 100 }, (_, i) => 1000 + i / 10);
    const scale = new TimeScale(dayMs);
    const path = stepPath([...together, dayMs], 101, scale, box);
    expect(path.length).toBeLessThan(60);
    expect(heightAt(path, scale.shareOf(60_000) * box.width)).toBeCloseTo(100 / 101, 2);
  });

  it('of 5,000 has no more steps than pixels', () => {
    const delays = Array.from({ length: 5000 }, (_, i) => i * 100);
    const path = stepPath(delays, 5000, new TimeScale(500_000), box);
    expect(path.match(/H/g)?.length).toBeLessThanOrEqual(box.width);
    expect(heightAt(path, box.width)).toBe(1);
  });

  it('of nobody lies on the ground', () => {
    expect(stepPath([], 0, new TimeScale(0), box)).toBe('M0 100');
  });
});

it('counts delays up to a moment', () => {
  const delays = [1, 2, 2, 5];
  expect([0, 1, 2, 4.9, 5, 9].map((ms) => countUpTo(delays, ms))).toEqual([0, 1, 3, 3, 4, 4]);
  expect(countUpTo([], 1)).toBe(0);
});
