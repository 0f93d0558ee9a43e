import { expect, it } from 'vitest';
import { unusedGrants, withoutReason } from '../../support/setup/grant-use.ts';

const table = 'arn:aws:dynamodb:us-east-1:000000000000:table/';

const grant = (resource: string, isUsed: boolean) => ({
  ...{ role: 'PushRole', action: 'dynamodb:Query', resource, isUsed },
});

it('[SE7] a grant is unused when no cloud of the run used it, whatever the name of its table', () => {
  const one = [grant(`${table}one`, true), grant('queue', false), grant('topic', false)];
  const two = [grant(`${table}two`, false), grant('queue', false), grant('topic', true)];
  expect(unusedGrants([one, two])).toEqual(['PushRole: dynamodb:Query on queue']);
  expect(unusedGrants([])).toEqual([]);
});

it('[SE7] an unused grant needs a reason', () => {
  const scan = `PushRole1A2B3C4D: dynamodb:Scan on ${table}*`;
  const query = `PushRole1A2B3C4D: dynamodb:Query on ${table}*`;
  expect(withoutReason([scan, query])).toEqual([scan]);
});
