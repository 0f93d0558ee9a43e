import type { DynamoDBRecord } from 'aws-lambda';
import { expect, it } from 'vitest';
import { toGroupChange } from '../../../functions/stream/group-change.ts';

const recordOf = (created: unknown) =>
  ({
    dynamodb: { Keys: { pk: { S: 'G#team#M' } }, ApproximateCreationDateTime: created },
  }) as DynamoDBRecord;

it.each([1_795_318_460, '2026-11-22T03:34:20+00:00', '2026-11-22T03:34:20Z'])(
  '[FA2] takes the time of a change as Lambda gives it, and as the AWS CLI prints it: %s',
  (created) => {
    expect(toGroupChange(recordOf(created))).toEqual({ groupId: 'team', at: 1_795_318_460_000 });
  },
);

it.each([undefined, null, 'yesterday', {}])('[FA2] refuses a change without one: %o', (created) => {
  expect(() => toGroupChange(recordOf(created))).toThrow('without the time');
});
