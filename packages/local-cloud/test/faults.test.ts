import { expect, it } from 'vitest';
import { crashAfterMs, disturbPost, losesDisconnect } from '../src/faults.ts';

const draws = (...numbers: number[]) => ({ random: () => numbers.shift() ?? 0.999 });

it('draws the fault of a post', () => {
  const posts = { limited: 0.1, failed: 0.2, hung: 0.3 };
  const disturb = disturbPost({ posts, ...draws(0.05, 0.15, 0.29, 0.31, 0.59, 0.61) });
  const faults = Array.from({ length: 6 }, () => disturb());
  expect(faults).toEqual(['limited', 'failed', 'failed', 'hung', 'hung', undefined]);
});

it('draws whether the end of a connection is told', () => {
  const loses = losesDisconnect({ lostDisconnects: 0.5, ...draws(0.4, 0.6) });
  expect([loses(), loses()]).toEqual([true, false]);
});

it('draws whether and when a sandbox dies', () => {
  const crash = crashAfterMs({ crashes: { chance: 0.5, withinMs: 200 }, ...draws(0.4, 0.25, 0.6) });
  expect([crash(), crash()]).toEqual([50, undefined]);
});

it('has no fault unless asked for', () => {
  const off = { random: () => 0 };
  expect(disturbPost(off)()).toBeUndefined();
  expect(losesDisconnect(off)()).toBe(false);
  expect(crashAfterMs(off)()).toBeUndefined();
});
