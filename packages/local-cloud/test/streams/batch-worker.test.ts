import { afterEach, describe, expect, it } from 'vitest';
import type { Invocation } from '../../src/lambda/functions.ts';
import type { Discard } from '../../src/streams/attempts.ts';
import { BatchWorker } from '../../src/streams/batch-worker.ts';
import { deliverFaithfully } from '../../src/streams/faults.ts';
import type { MappingSettings } from '../../src/streams/mapping-settings.ts';
import { ManualClock } from '../manual-clock.ts';
import { buildRecord, buildRecords } from './build-record.ts';

const settings: MappingSettings = {
  logicalId: 'Mapping',
  functionId: 'Function',
  functionArn: 'arn:function',
  tableId: 'Table',
  partitionKey: 'pk',
  startingPosition: 'TRIM_HORIZON',
  wants: () => true,
  batchSize: 3,
  batchingWindowMs: 1000,
  parallelizationFactor: 1,
  reportsItemFailures: false,
  bisectsOnError: false,
  maxRetries: 2,
  maxRecordAgeMs: 60_000,
  onFailureArn: undefined,
};

const success: Invocation = { ok: true, payload: null, durationMs: 1 };
const failure: Invocation = { ok: false, errorType: 'E', errorMessage: 'e', durationMs: 1 };

const running: AbortController[] = [];
afterEach(() => {
  for (const controller of running.splice(0)) controller.abort();
});

function startWorker(
  answer: (sequences: string) => Invocation | Promise<Invocation>,
  overrides: Partial<MappingSettings> = {},
) {
  const clock = new ManualClock(0);
  const stopping = new AbortController();
  running.push(stopping);
  const invocations: { atMs: number; sequences: string }[] = [];
  const finished: string[] = [];
  const discards: Discard[] = [];
  const worker = new BatchWorker(
    { ...settings, ...overrides },
    {
      async invoke(records) {
        const sequences = records.map((record) => record.sequenceNumber).join();
        invocations.push({ atMs: clock.nowMs(), sequences });
        return answer(sequences);
      },
      finished: (record) => finished.push(record.sequenceNumber),
      discarded: (discard) => discards.push(discard),
    },
    { clock, signal: stopping.signal, disturb: deliverFaithfully },
  );
  const ended = worker.run();
  return { worker, clock, invocations, finished, discards, stopping, ended };
}

describe('BatchWorker', () => {
  it('invokes when the window closes, or as soon as the batch is full', async () => {
    const { worker, clock, invocations } = startWorker(() => success);
    await clock.advanceInTurns(500);
    worker.push(buildRecord(1));
    await clock.advanceInTurns(400);
    worker.push(buildRecord(2));
    await clock.advanceInTurns(2000);
    for (const sequence of [3, 4, 5, 6]) worker.push(buildRecord(sequence, { writtenAtMs: 2900 }));
    await clock.advanceInTurns(5000);
    expect(invocations).toEqual([
      { atMs: 1500, sequences: '1,2' },
      { atMs: 2900, sequences: '3,4,5' },
      { atMs: 3900, sequences: '6' },
    ]);
  });

  it('retries a batch before it goes on, then gives it up', async () => {
    const { worker, clock, invocations, discards, finished } = startWorker((sequences) =>
      sequences.startsWith('1') ? failure : success,
    );
    for (const record of buildRecords(6)) worker.push(record);
    await clock.advanceInTurns(10_000);
    expect(invocations).toEqual([
      { atMs: 0, sequences: '1,2,3' },
      { atMs: 250, sequences: '1,2,3' },
      { atMs: 750, sequences: '1,2,3' },
      { atMs: 750, sequences: '4,5,6' },
    ]);
    expect(discards.map(({ condition }) => condition)).toEqual(['RetryAttemptsExhausted']);
    expect(finished).toEqual(['1', '2', '3', '4', '5', '6']);
  });

  it('gives up records that grow too old between retries, and those too old from the start', async () => {
    const { worker, clock, invocations, discards } = startWorker(() => failure, {
      maxRetries: Number.POSITIVE_INFINITY,
      maxRecordAgeMs: 1000,
    });
    for (const record of buildRecords(3)) worker.push(record);
    await clock.advanceInTurns(2000);
    expect(invocations.map(({ atMs }) => atMs)).toEqual([0, 250, 750]);
    for (const record of buildRecords(3)) worker.push(record);
    await clock.advanceInTurns(2000);
    expect(invocations).toHaveLength(3);
    expect(discards).toMatchObject([
      { condition: 'RecordAgeExceeded', attempt: { invocations: 3 } },
      { condition: 'RecordAgeExceeded', attempt: { invocations: 0 } },
    ]);
  });

  it('tries both halves of a split batch in order, at once', async () => {
    const { worker, clock, invocations, discards } = startWorker(
      (sequences) => (sequences.includes('3') ? failure : success),
      { bisectsOnError: true, batchSize: 4, maxRetries: 0 },
    );
    for (const record of buildRecords(4)) worker.push(record);
    await clock.advanceInTurns(0);
    expect(invocations.map(({ sequences }) => sequences)).toEqual([
      '1,2,3,4',
      '1,2',
      '3,4',
      '3',
      '4',
    ]);
    expect(discards.map(({ attempt }) => attempt.records)).toEqual([[buildRecord(3)]]);
  });

  it('stops at once, and does not count what is under way', async () => {
    const { worker, clock, finished, stopping, ended } = startWorker(() => new Promise(() => {}));
    for (const record of buildRecords(3)) worker.push(record);
    await clock.advanceInTurns(0);
    stopping.abort();
    await ended;
    expect(finished).toEqual([]);
  });
});
