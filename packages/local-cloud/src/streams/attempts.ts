import type { Invocation } from '../lambda/functions.ts';
import { throttled } from '../lambda/refused-invocations.ts';
import type { MappingSettings } from './mapping-settings.ts';
import type { StreamRecord } from './records/stream-record.ts';

/** Records that go to the function together, and what they have been through. */
export interface Attempt {
  records: readonly StreamRecord[];
  /** Retries that count towards MaximumRetryAttempts. */
  retries: number;
  /** Invocations these records have seen. */
  invocations: number;
  /** Pause before the next invocation. */
  delayMs: number;
  /** Whether the last invocation failed as a whole, rather than naming the failed items. */
  functionFailed: boolean;
}

type DiscardCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

export interface Discard {
  attempt: Attempt;
  condition: DiscardCondition;
}

/** What follows from an invocation. Every record of the attempt is in exactly one of the three. */
export interface Aftermath {
  handled: readonly StreamRecord[];
  discarded: Discard | undefined;
  /** To be done one after the other. */
  next: Attempt[];
}

type Policy = Pick<
  MappingSettings,
  'reportsItemFailures' | 'bisectsOnError' | 'maxRetries' | 'maxRecordAgeMs'
>;

export function firstAttempt(records: readonly StreamRecord[]): Attempt {
  return { records, retries: 0, invocations: 0, delayMs: 0, functionFailed: false };
}

/** Before every invocation, the first included, records that are too old are taken out. */
export function discardExpired(
  attempt: Attempt,
  policy: Policy,
  nowMs: number,
): { discarded: Discard | undefined; rest: Attempt | undefined } {
  const isExpired = (record: StreamRecord): boolean =>
    nowMs - record.writtenAtMs > policy.maxRecordAgeMs;
  const expired = attempt.records.filter(isExpired);
  if (expired.length === 0) return { discarded: undefined, rest: attempt };
  const fresh = attempt.records.filter((record) => !isExpired(record));
  return {
    discarded: { attempt: { ...attempt, records: expired }, condition: 'RecordAgeExceeded' },
    rest: fresh.length === 0 ? undefined : { ...attempt, records: fresh },
  };
}

/**
 * All succeeded: handled. Failed from the middle on: what is before is done and the rest starts
 * anew. Failed from the start: split in two where the mapping bisects, which costs no retry;
 * otherwise once more after a pause, until the retries are used up.
 */
export function settleInvocation(
  attempt: Attempt,
  invocation: Invocation,
  policy: Policy,
): Aftermath {
  const { records } = attempt;
  const failedFrom = findFirstFailure(records, invocation, policy);
  if (failedFrom === undefined) return { handled: records, discarded: undefined, next: [] };

  const tried = {
    ...attempt,
    invocations: attempt.invocations + 1,
    delayMs: 0,
    functionFailed: !invocation.ok,
  };
  // Throttling is no fault of the records: they are tried again until they are too old.
  if (!invocation.ok && invocation.errorType === throttled.errorType) {
    return {
      handled: [],
      discarded: undefined,
      next: [{ ...tried, delayMs: backoffMs(attempt.invocations) }],
    };
  }
  if (failedFrom > 0) {
    const rest = { ...tried, records: records.slice(failedFrom), retries: 0 };
    return { handled: records.slice(0, failedFrom), discarded: undefined, next: [rest] };
  }
  if (policy.bisectsOnError && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    const halves = [records.slice(0, middle), records.slice(middle)];
    const next = halves.map((half) => ({ ...tried, records: half }));
    return { handled: [], discarded: undefined, next };
  }
  if (attempt.retries >= policy.maxRetries) {
    const discarded: Discard = { attempt: tried, condition: 'RetryAttemptsExhausted' };
    return { handled: [], discarded, next: [] };
  }
  const again = { ...tried, retries: attempt.retries + 1, delayMs: backoffMs(attempt.retries) };
  return { handled: [], discarded: undefined, next: [again] };
}

/** Index of the first record that failed; undefined when all succeeded. */
function findFirstFailure(
  records: readonly StreamRecord[],
  invocation: Invocation,
  policy: Policy,
): number | undefined {
  if (!invocation.ok) return 0;
  if (!policy.reportsItemFailures) return undefined;
  const identifiers = readItemFailures(invocation.payload);
  // Lambda takes an answer it cannot make sense of for the failure of the whole batch.
  if (identifiers === undefined) return 0;
  const indexes = identifiers.map((identifier) =>
    records.findIndex((record) => record.sequenceNumber === identifier),
  );
  if (indexes.length === 0) return undefined;
  return Math.max(0, Math.min(...indexes));
}

/** The failed sequence numbers in `{batchItemFailures: [{itemIdentifier}]}`; undefined if invalid. */
function readItemFailures(payload: unknown): unknown[] | undefined {
  if (payload === null || payload === undefined) return [];
  if (typeof payload !== 'object') return undefined;
  const { batchItemFailures: failures = [] } = payload as { batchItemFailures?: unknown };
  if (failures === null) return [];
  if (!Array.isArray(failures)) return undefined;
  const identifiers = failures.map(
    (failure) => (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier,
  );
  return identifiers.every((identifier) => typeof identifier === 'string' && identifier !== '')
    ? identifiers
    : undefined;
}

/** A quarter of a second, doubled each time, half a minute at most. */
function backoffMs(retries: number): number {
  return Math.min(250 * 2 ** retries, 30_000);
}
