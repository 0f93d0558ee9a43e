import { beforeEach, describe, expect, it } from 'vitest';
import type { Pace } from '../../../demo/simulator/api.ts';
import { ReadingPace } from '../../../demo/simulator/people/reading-pace.ts';
import { seededRandom } from '../../../demo/simulator/random.ts';
import { ManualClock } from '../../support/time/manual-clock.ts';

let clock: ManualClock;
let read: string[];
let again: string[];
beforeEach(() => {
  clock = new ManualClock();
  [read, again] = [[], []];
});

const paceOf = (pace: Pace) => new ReadingPace({ clock, random: seededRandom(1) }, pace);
const members = Array.from({ length: 10 }, (_, i) => ({ name: `member-${i}` }));
const addAll = (pace: ReadingPace) => {
  for (const member of members) {
    pace.add(member, {
      read: () => read.push(member.name),
      again: () => again.push(member.name),
    });
  }
};

describe('a pace of reading', () => {
  it('lets all read at once in a burst', () => {
    addAll(paceOf('burst'));
    expect(read).toHaveLength(members.length);
  });

  it('lets so many read in a second, each once and in another order than they came', () => {
    addAll(paceOf({ readsPerSecond: 4 }));
    clock.advance(0);
    expect(read).toHaveLength(1);
    clock.advance(1000);
    expect(read).toHaveLength(5);
    clock.advance(10_000);
    expect(new Set(read).size).toBe(members.length);
    expect(read).toHaveLength(members.length);
    expect(read).not.toEqual(members.map(({ name }) => name));
  });

  it('begins again with whoever comes after a while', () => {
    const pace = paceOf({ readsPerSecond: 1 });
    addAll(pace);
    clock.advance(60_000);
    addAll(pace);
    clock.advance(0);
    expect(read).toHaveLength(members.length + 1);
  });

  it('lets nobody read sooner because all others had read by then', () => {
    const pace = paceOf({ readsPerSecond: 1 });
    for (const member of members) {
      pace.add(member, { read: () => read.push(member.name), again: () => {} });
      clock.advance(10);
    }
    expect(read).toHaveLength(1);
    clock.advance(2000);
    expect(read).toHaveLength(3);
  });

  it('leaves out who has gone', () => {
    const pace = paceOf({ readsPerSecond: 1 });
    addAll(pace);
    for (const member of members.slice(1)) pace.remove(member);
    clock.advance(60_000);
    expect(read).toEqual(['member-0']);
  });

  it('asks those who wait to begin anew when it changes, and nobody twice', () => {
    const pace = paceOf({ readsPerSecond: 1 });
    addAll(pace);
    clock.advance(2500);
    expect(read).toHaveLength(3);
    pace.change('burst');
    expect(again).toHaveLength(members.length - 3);
    clock.advance(60_000);
    expect(read).toHaveLength(3);
  });

  it('leaves profiles to each member', () => {
    expect(paceOf('profiles').isCommon).toBe(false);
    expect(paceOf('burst').isCommon).toBe(true);
  });
});
