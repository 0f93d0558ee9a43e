import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock, wait } from '../src/clock.ts';

const dayMs = 86_400_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the clock of the system', () => {
  it.each([0, -2, 1000, 40 * dayMs])('runs once %d ms have passed, and once only', (delayMs) => {
    const run = vi.fn();
    systemClock.after(delayMs, run);
    if (delayMs > 0) vi.advanceTimersByTime(delayMs - 1);
    expect(run).toHaveBeenCalledTimes(0);
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(100 * dayMs);
    expect(run).toHaveBeenCalledTimes(1);
  });

  // What asks the time when it is run, as a queue does, would find nothing due and never ask again.
  it('runs nothing before its time, though the timer of Node.js ends a millisecond early', () => {
    const dueAtMs = Date.now() + 1000;
    const ranAtMs: number[] = [];
    systemClock.after(1000, () => ranAtMs.push(Date.now()));
    vi.setSystemTime(Date.now() - 1);
    vi.advanceTimersByTime(1000);
    expect(ranAtMs).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(ranAtMs).toEqual([dueAtMs]);
  });

  it('calls off what is due later than a timer can hold', () => {
    const run = vi.fn();
    const callOff = systemClock.after(40 * dayMs, run);
    vi.advanceTimersByTime(39 * dayMs);
    callOff();
    vi.advanceTimersByTime(dayMs);
    expect(run).toHaveBeenCalledTimes(0);
  });

  it('ends a wait that is aborted, and one that begins aborted, at once', async () => {
    const stopping = new AbortController();
    const waiting = wait(systemClock, dayMs, stopping.signal);
    stopping.abort();
    await waiting;
    await wait(systemClock, dayMs, stopping.signal);
    expect(vi.getTimerCount()).toBe(0);
  });
});
