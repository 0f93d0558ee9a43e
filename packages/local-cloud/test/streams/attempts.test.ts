import { describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/lambda/functions.ts';
import { discardExpired, firstAttempt, settleInvocation } from '../../src/streams/attempts.ts';
import { buildRecord, buildRecords } from './build-record.ts';

const policy = {
  reportsItemFailures: true,
  bisectsOnError: false,
  maxRetries: 2,
  maxRecordAgeMs: 60_000,
};
const records = buildRecords(4);
const attempt = firstAttempt(records);
const crash: Invocation = { ok: false, errorType: 'E', errorMessage: 'e', durationMs: 1 };

const answer = (payload: unknown): Invocation => ({ ok: true, payload, durationMs: 1 });
const failed = (...identifiers: unknown[]): Invocation =>
  answer({ batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })) });

describe('settleInvocation', () => {
  it.each([
    ['null', null],
    ['an empty object', {}],
    ['an empty list', { batchItemFailures: [] }],
    ['no list', { batchItemFailures: null }],
  ])('takes %s for success', (_, payload) => {
    const aftermath = settleInvocation(attempt, answer(payload), policy);
    expect(aftermath).toEqual({ handled: records, discarded: undefined, next: [] });
  });

  it('goes on from the lowest failed item, without a pause or a retry used', () => {
    const tired = { ...attempt, retries: 2 };
    const { handled, discarded, next } = settleInvocation(tired, failed('4', '3'), policy);
    expect(handled).toEqual(records.slice(0, 2));
    expect(discarded).toBeUndefined();
    expect(next).toMatchObject([{ records: records.slice(2), retries: 0, delayMs: 0 }]);
  });

  it.each([
    ['text', answer('done')],
    ['no list', answer({ batchItemFailures: 'all' })],
    ['a wrong key', answer({ batchItemFailures: [{ id: '3' }] })],
    ['an empty identifier', failed('')],
    ['no identifier', failed(null)],
    ['an unknown identifier', failed('3', '99')],
    ['an error', crash],
  ])('takes %s for the failure of the whole batch', (_, invocation) => {
    const { handled, next } = settleInvocation(attempt, invocation, policy);
    expect(handled).toEqual([]);
    expect(next).toMatchObject([{ records, retries: 1, invocations: 1, delayMs: 250 }]);
  });

  it('[AW1] tries what Lambda throttled again, ever later, without a retry used or a split', () => {
    const throttled = { ...crash, errorType: 'TooManyRequestsException' };
    const bisecting = { ...policy, bisectsOnError: true };
    const tired = { ...attempt, retries: 2, invocations: 9 };
    const { handled, discarded, next } = settleInvocation(tired, throttled, bisecting);
    expect([handled, discarded]).toEqual([[], undefined]);
    expect(next).toMatchObject([{ records, retries: 2, invocations: 10, delayMs: 30_000 }]);
  });

  it('does not read the answer of a function that reports no item failures', () => {
    const { handled } = settleInvocation(attempt, failed('1'), {
      ...policy,
      reportsItemFailures: false,
    });
    expect(handled).toEqual(records);
  });

  it('retries with growing pauses, then gives up', () => {
    const pauses: number[] = [];
    let aftermath = settleInvocation(attempt, crash, policy);
    for (let next = aftermath.next[0]; next !== undefined; next = aftermath.next[0]) {
      pauses.push(next.delayMs);
      aftermath = settleInvocation(next, crash, policy);
    }
    expect(pauses).toEqual([250, 500]);
    expect(aftermath.discarded).toMatchObject({
      condition: 'RetryAttemptsExhausted',
      attempt: { records, invocations: 3, functionFailed: true },
    });
  });

  it('never gives up without a limit, and never pauses for more than half a minute', () => {
    const endless = { ...policy, maxRetries: Number.POSITIVE_INFINITY };
    const { next } = settleInvocation({ ...attempt, retries: 5000 }, crash, endless);
    expect(next).toMatchObject([{ retries: 5001, delayMs: 30_000 }]);
  });

  it('splits a failed batch in two, which costs no retry', () => {
    const bisecting = { ...policy, bisectsOnError: true, maxRetries: 0 };
    const { handled, discarded, next } = settleInvocation(attempt, crash, bisecting);
    expect({ handled, discarded }).toEqual({ handled: [], discarded: undefined });
    expect(next.map((half) => half.records)).toEqual([records.slice(0, 2), records.slice(2)]);
    expect(next).toMatchObject([{ retries: 0 }, { retries: 0 }]);
  });

  it('by splitting gives up the one poisoned record only', () => {
    const bisecting = { ...policy, bisectsOnError: true };
    const poisoned = records[2];
    const todo = [attempt];
    const handled: unknown[] = [];
    const discarded: unknown[] = [];
    for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
      const isBad = poisoned !== undefined && next.records.includes(poisoned);
      const aftermath = settleInvocation(next, isBad ? crash : answer(null), bisecting);
      handled.push(...aftermath.handled);
      discarded.push(...(aftermath.discarded?.attempt.records ?? []));
      todo.unshift(...aftermath.next);
    }
    expect(discarded).toEqual([poisoned]);
    expect(handled).toEqual(records.filter((record) => record !== poisoned));
  });
});

describe('discardExpired', () => {
  it('takes out what is too old', () => {
    const [old, young] = [buildRecord(1, { writtenAtMs: 0 }), buildRecord(2, { writtenAtMs: 1 })];
    const { discarded, rest } = discardExpired(firstAttempt([old, young]), policy, 60_001);
    expect(discarded).toMatchObject({
      condition: 'RecordAgeExceeded',
      attempt: { records: [old] },
    });
    expect(rest?.records).toEqual([young]);
  });

  it('leaves nothing when all are too old, everything when none is', () => {
    expect(discardExpired(attempt, policy, 60_001).rest).toBeUndefined();
    expect(discardExpired(attempt, policy, 60_000)).toEqual({
      discarded: undefined,
      rest: attempt,
    });
  });
});
