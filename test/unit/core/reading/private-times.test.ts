import {
  afterTracking,
  isPrivateTime,
  privateTimesOf,
} from '@seenby/core/reading/private-times.ts';
import { expect, it } from 'vitest';
import { aGroup } from '../../../support/fixtures/a-group.ts';

it('[TR2] the times of tracking positions are private, both ends included, the present one as well', () => {
  const now = aGroup({ tracking: 'positions', trackingSince: 20 });
  const open = privateTimesOf({ ...now, privateTimes: [{ fromMs: 3, toMs: 5 }] });
  const isPrivate = (at: number) => isPrivateTime(open, at);
  expect([2, 3, 5, 6, 19, 20, 1e15].map(isPrivate)).toEqual([
    ...[false, true, true, false, false, true, true],
  ]);
  expect(privateTimesOf(aGroup({ privateTimes: [{ fromMs: 3, toMs: 5 }] }))).toEqual([
    { fromMs: 3, toMs: 5 },
  ]);
});

it('[TR2] a change of tracking keeps them; of very many the oldest are one, and nothing private is shown', () => {
  let group = aGroup({ tracking: 'positions' });
  const spans: [number, number][] = [];
  for (let now = 10; now < 300; now += 10) {
    if (group.tracking === 'positions') spans.push([group.trackingSince, now]);
    const tracking = group.tracking === 'positions' ? 'receipts' : 'positions';
    group = { ...group, tracking, trackingSince: now, privateTimes: afterTracking(group, now) };
  }
  expect(group.privateTimes).toHaveLength(10);
  const isPrivate = (at: number) => isPrivateTime(group.privateTimes, at);
  for (const [from, to] of spans) expect([from, to].map(isPrivate)).toEqual([true, true]);
  expect(spans.slice(-9).map(([, to]) => isPrivate(to + 1))).not.toContain(true);
  expect(group.privateTimes.slice(1)).toEqual(
    spans.slice(-9).map(([fromMs, toMs]) => ({ fromMs, toMs })),
  );
});
