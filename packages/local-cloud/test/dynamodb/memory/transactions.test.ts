import { beforeEach, describe, expect, it } from 'vitest';
import { type ExampleTable, exampleTable, keyOf, TableName } from './example-table.ts';

let table: ExampleTable;
let nowMs = 0;
beforeEach(() => {
  nowMs = Date.UTC(2026, 0, 1);
  table = exampleTable({ nowMs: () => nowMs });
});

const add = (amount: number) => ({
  Update: {
    ...{ TableName, Key: keyOf('a', 1), UpdateExpression: 'ADD n :n' },
    ExpressionAttributeValues: { ':n': { N: String(amount) } },
  },
});
const stored = () => (table.call('GetItem', { Key: keyOf('a', 1) }).Item as { n?: unknown })?.n;

describe('a transaction', () => {
  it('makes none of its writes when one may not be made, and says why for each', () => {
    table.call('PutItem', { Item: keyOf('a', 2) });
    const result = table.database.call('TransactWriteItems', {
      TransactItems: [
        add(1),
        {
          Put: {
            ...{ TableName, Item: keyOf('a', 2), ConditionExpression: 'attribute_not_exists(pk)' },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
        { Update: { TableName, Key: keyOf('a', 3), UpdateExpression: 'SET x = absent' } },
      ],
    });
    expect(result).toMatchObject({
      error: {
        name: 'TransactionCanceledException',
        details: {
          CancellationReasons: [
            { Code: 'None' },
            { Code: 'ConditionalCheckFailed', Item: keyOf('a', 2) },
            { Code: 'ValidationError' },
          ],
        },
      },
    });
    expect(stored()).toBeUndefined();
  });

  it('is made once for a token, for ten minutes', () => {
    const request = { TransactItems: [add(1)], ClientRequestToken: 'token' };
    for (let i = 0; i < 3; i++) table.call('TransactWriteItems', request);
    expect(stored()).toEqual({ N: '1' });
    expect(table.refusal('TransactWriteItems', { ...request, TransactItems: [add(2)] })).toContain(
      'IdempotentParameterMismatchException',
    );
    nowMs += 10 * 60_000;
    table.call('TransactWriteItems', request);
    expect(stored()).toEqual({ N: '2' });
  });

  it('writes an item once, and may check another', () => {
    const TransactItems = [add(1), { Delete: { TableName, Key: keyOf('a', 1) } }];
    expect(table.refusal('TransactWriteItems', { TransactItems })).toContain(
      'Transaction request cannot include multiple operations on one item',
    );
    const ConditionExpression = 'attribute_not_exists(pk)';
    const ConditionCheck = { TableName, Key: keyOf('a', 2), ConditionExpression };
    table.call('TransactWriteItems', { TransactItems: [add(1), { ConditionCheck }] });
    expect(table.call('Scan').Count).toBe(1);
  });

  it('reads several items at once', () => {
    table.call('PutItem', { Item: keyOf('a', 1) });
    const TransactItems = [1, 2].map((sk) => ({ Get: { TableName, Key: keyOf('a', sk) } }));
    const { Responses } = table.call('TransactGetItems', { TransactItems });
    expect(Responses).toEqual([{ Item: keyOf('a', 1) }, {}]);
  });
});

describe('a batch', () => {
  const batch = (...writes: object[]) => ({ RequestItems: { [TableName]: writes } });
  const deletion = (sk: number) => ({ DeleteRequest: { Key: keyOf('a', sk) } });

  it.each([
    ['that repeats a key', batch(deletion(1), deletion(1)), 'contains duplicates'],
    ['of 26 writes', batch(...Array.from({ length: 26 }, (_, i) => deletion(i))), 'Too many items'],
    ['of nothing', batch(), 'cannot be null or empty'],
  ])('%s is refused', (_, request, message) => {
    expect(table.refusal('BatchWriteItem', request)).toContain(message);
  });

  it('of 101 reads, or of one key twice, is refused', () => {
    const read = (Keys: object[]) =>
      table.refusal('BatchGetItem', { RequestItems: { [TableName]: { Keys } } });
    expect(read(Array.from({ length: 101 }, (_, i) => keyOf('a', i)))).toContain('Too many items');
    expect(read([keyOf('a', 1), { pk: { S: 'a' }, sk: { N: '1.0' } }])).toContain('duplicates');
  });
});
