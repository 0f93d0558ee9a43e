import { expect, it } from 'vitest';
import { isOfAnotherEpoch } from '../../../functions/api/socket/socket-context.ts';
import { tableEpoch } from '../../../functions/runtime/table-epoch.ts';
import type { Service } from '../../../functions/service/service.ts';

const service = { epoch: 'now' } as Service;
const eventOf = (authorizer: object | null) => ({
  requestContext: { connectionId: 'c=', authorizer: authorizer as Record<string, unknown> | null },
});

it('[RD10] a connection that was made with another table is found out', () => {
  expect(isOfAnotherEpoch(service, eventOf({ epoch: 'before' }))).toBe(true);
  expect(isOfAnotherEpoch(service, eventOf({ epoch: 'now' }))).toBe(false);
  // Made before a release that knew of epochs.
  expect(isOfAnotherEpoch(service, eventOf({}))).toBe(false);
  expect(isOfAnotherEpoch(service, eventOf(null))).toBe(false);
});

it('a table has an epoch of its own, which does not tell its name', () => {
  const arn = (region: string, name: string, label: string) =>
    `arn:aws:dynamodb:${region}:123456789012:table/${name}/stream/${label}`;
  const epochs = [
    arn('eu-west-1', 'Seenby', '2026-11-22T03:34:20.000'),
    arn('us-east-1', 'Seenby', '2026-11-22T03:34:20.000'),
    arn('eu-west-1', 'Restored', '2026-11-22T03:34:20.000'),
    arn('eu-west-1', 'Seenby', '2026-11-23T03:34:20.000'),
  ].map(tableEpoch);
  expect(new Set(epochs).size).toBe(4);
  for (const epoch of epochs) expect(epoch).toMatch(/^[\w-]{12}$/);
});
