import { describe, expect, it } from 'vitest';
import { matchesPattern } from '../support/matches-pattern.ts';
import { render } from '../support/render.ts';
import { synthesize } from '../support/synthesize.ts';

const template = synthesize({ pushWindowSeconds: '3' });

function mappingOf(id: string, of = template) {
  const found = Object.entries(of.findResources('AWS::Lambda::EventSourceMapping'))
    .filter(([logicalId]) => logicalId.startsWith(`${id}Stream`))
    .map(([, mapping]) => mapping.Properties);
  expect(found).toHaveLength(1);
  return found[0];
}

function accepts(id: string, eventName: string, pk: string, sk: string): boolean {
  const filters: { Pattern: string }[] = mappingOf(id).FilterCriteria.Filters;
  const record = { eventName, dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } } } };
  return filters.some(({ Pattern }) => matchesPattern(JSON.parse(Pattern), record));
}

describe('[FA2] a change that cannot be processed', () => {
  it.each(['Recorder', 'FanOut'])('holds up no other, and ends in a queue of %s', (id) => {
    const mapping = mappingOf(id);
    expect(mapping).toMatchObject({
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BatchSize: 1000,
    });
    expect(render(mapping.FunctionName)).toBe(`<${id}>`);
    expect(render(mapping.EventSourceArn)).toBe('<Table.StreamArn>');
    expect(render(mapping.DestinationConfig.OnFailure.Destination)).toBe(
      `<${id}StreamDeadLetters.Arn>`,
    );
  });

  it('is tried as long as the stream keeps it, when it is history', () => {
    expect(mappingOf('Recorder')).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      MaximumBatchingWindowInSeconds: 120,
      MaximumRecordAgeInSeconds: 24 * 60 * 60,
      MaximumRetryAttempts: 100,
    });
  });

  it('is history within a second for who waits for events', () => {
    const mapping = mappingOf('Recorder', synthesize({ events: 'true' }));
    expect(mapping).toMatchObject({ MaximumBatchingWindowInSeconds: 1 });
  });

  it('[PU4] is in the one batch of its shard: concurrent ones would split a group over sandboxes', () => {
    for (const id of ['Recorder', 'FanOut']) {
      expect(mappingOf(id).ParallelizationFactor ?? 1).toBe(1);
    }
  });

  it('[PU3] comes at once, and is given up after a minute, when it is a push', () => {
    expect(mappingOf('FanOut')).toMatchObject({
      StartingPosition: 'LATEST',
      MaximumBatchingWindowInSeconds: 0,
      MaximumRecordAgeInSeconds: 60,
      MaximumRetryAttempts: 3,
    });
  });

  it('leaves encrypted queues that keep it for two weeks', () => {
    const queues = Object.entries(template.findResources('AWS::SQS::Queue'));
    const kept = queues.filter(([id]) => id.includes('DeadLetters'));
    expect(kept).toHaveLength(3);
    for (const [, { Properties }] of kept) {
      expect(Properties).toMatchObject({
        SqsManagedSseEnabled: true,
        MessageRetentionPeriod: 14 * 24 * 60 * 60,
      });
    }
  });
});

describe('the filters', () => {
  const records: [string, string, string, boolean, boolean][] = [
    // event, pk, sk, recorder, fan-out
    ['INSERT', 'G#team#M', 'U#alice', true, true],
    ['MODIFY', 'G#team#M', 'U#alice', true, true],
    ['REMOVE', 'G#team#M', 'U#alice', false, false],
    ['MODIFY', 'G#team', 'GROUP', false, false],
    ['INSERT', 'G#team', 'GROUP', false, false],
    ['REMOVE', 'G#team', 'GROUP', false, false],
    ['INSERT', 'G#team#S#0', '00000001', false, false],
    ['REMOVE', 'G#team#S#0', '00000001', false, false],
    ['INSERT', 'G#team#R#0', '01J9Z3N6V8Q2X4T7W5Y1K0M3P9', false, false],
    ['INSERT', 'G#team#C', 'Kx1pdeXAIAMCJ3g=', false, false],
    ['MODIFY', 'K#0', 'alice', false, false],
  ];

  it.each(records)('%s of %s / %s: recorder %s, fan-out %s', (event, pk, sk, recorder, fanOut) => {
    expect(accepts('Recorder', event, pk, sk)).toBe(recorder);
    expect(accepts('FanOut', event, pk, sk)).toBe(fanOut);
  });
});
