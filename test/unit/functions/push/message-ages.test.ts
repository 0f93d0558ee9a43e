import { describe, expect, it } from 'vitest';
import { MessageAges } from '../../../../functions/fan-out/message-ages.ts';

const now = 1_000_000;

describe('how old a message is', () => {
  it('is told by when the group was known to be so far', () => {
    const ages = new MessageAges();
    expect(ages.of(1, now)).toBe(0);
    ages.note(3, now - 5000);
    ages.note(5, now - 1000);
    ages.note(5, now);
    expect([1, 3, 4, 5, 6].map((seq) => ages.of(seq, now))).toEqual([5000, 5000, 1000, 1000, 0]);
    expect(ages.of(5, now - 2000)).toBe(0);
  });

  it('is never told too high, and at most a fifth too low, of a busy group', () => {
    const ages = new MessageAges();
    const sentAt = (seq: number) => now + 400 * seq;
    const last = 5000;
    for (let seq = 1; seq <= last; seq++) ages.note(seq, sentAt(seq));
    for (let seq = 1; seq <= last; seq += 7) {
      const age = sentAt(last) - sentAt(seq);
      const told = ages.of(seq, sentAt(last));
      expect(told).toBeLessThanOrEqual(age);
      if (age < 600_000) expect(told).toBeGreaterThanOrEqual(0.8 * age - 1000);
      else expect(told).toBeGreaterThanOrEqual(480_000);
    }
  });
});
