import { dayMs, dayNamed, dayOf, nameOfDay } from '@seenby/core/day.ts';
import { expect, it } from 'vitest';

it('days begin at midnight, UTC, and have names', () => {
  const at = Date.UTC(2026, 0, 15);
  expect(dayOf(at)).toBe(at / dayMs);
  expect(dayOf(at - 1)).toBe(dayOf(at) - 1);
  expect(nameOfDay(dayOf(at))).toBe('2026-01-15');
  expect(dayNamed('2026-01-15')).toBe(dayOf(at));
});
