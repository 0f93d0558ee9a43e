import { beforeEach, describe, expect, it } from 'vitest';
import { type ExampleTable, exampleTable, keyOf, TableName } from './example-table.ts';

let table: ExampleTable;
beforeEach(() => {
  table = exampleTable();
});

const put = (pk: string, sk: number, more = {}) =>
  table.call('PutItem', { Item: { ...keyOf(pk, sk), ...more } });
const queryAll = {
  KeyConditionExpression: 'pk = :p',
  ExpressionAttributeValues: { ':p': { S: 'a' } },
};

describe('values', () => {
  it.each([
    ['1.50', '1.5'],
    ['-0', '0'],
    ['007', '7'],
    ['1e3', '1000'],
    ['12E-3', '0.012'],
    ['-1234567890123456789012345678901234567800', '-1234567890123456789012345678901234567800'],
  ])('the number %s is stored as %s', (given, stored) => {
    put('a', 1, { n: { N: given } });
    expect(table.call('GetItem', { Key: keyOf('a', 1) })).toMatchObject({
      Item: { n: { N: stored } },
    });
  });

  it.each([
    [{ N: '1e126' }, 'Number overflow'],
    [{ N: '1e-131' }, 'Number underflow'],
    [{ N: '123456789012345678901234567890123456789' }, '38 significant digits'],
    [{ N: 'x' }, 'cannot be converted into a number'],
    [{ SS: [] }, 'may not be empty'],
    [{ NS: ['1', '1.0'] }, 'contains duplicates'],
    [{ S: 'x'.repeat(400 * 1024) }, 'Item size has exceeded the maximum allowed size'],
    [{ S: 1 }, 'SerializationException'],
    [{}, 'Supplied AttributeValue is empty'],
  ])('%o is refused', (v, message) => {
    expect(table.refusal('PutItem', { Item: { ...keyOf('a', 1), v } })).toContain(message);
  });

  it('attributes may have any name', () => {
    const odd = JSON.parse('{"__proto__":{"N":"1"},"constructor":{"N":"2"}}') as object;
    table.call('PutItem', { Item: Object.assign(Object.create(null), odd, keyOf('a', 1)) });
    const { Item } = table.call('GetItem', { Key: keyOf('a', 1) });
    expect(JSON.stringify(Item)).toContain('"constructor":{"N":"2"}');
  });
});

describe('a query', () => {
  it('orders numbers by value and pages by keys', () => {
    for (const sk of [10, 9, -1, 100]) put('a', sk);
    const first = table.call('Query', { ...queryAll, Limit: 3 });
    expect(first.Items).toEqual([-1, 9, 10].map((sk) => keyOf('a', sk)));
    const ExclusiveStartKey = first.LastEvaluatedKey;
    const rest = table.call('Query', { ...queryAll, ExclusiveStartKey });
    expect(rest).toEqual({ Items: [keyOf('a', 100)], Count: 1, ScannedCount: 1 });
  });

  it('ends a page after 1 MB', () => {
    for (const sk of [1, 2, 3, 4, 5]) put('a', sk, { v: { S: 'x'.repeat(300 * 1024) } });
    const page = table.call('Query', { ...queryAll, Select: 'COUNT' });
    expect(page).toEqual({ Count: 4, ScannedCount: 4, LastEvaluatedKey: keyOf('a', 4) });
  });

  it('of an index finds the items that have its key, without what it does not project', () => {
    put('a', 1, { g: { S: 'x' }, v: { N: '1' } });
    put('a', 2);
    const { Items } = table.call('Query', {
      ...{ IndexName: 'byG', KeyConditionExpression: 'g = :g' },
      ExpressionAttributeValues: { ':g': { S: 'x' } },
    });
    expect(Items).toEqual([{ ...keyOf('a', 1), g: { S: 'x' } }]);
  });

  it('takes no key of the table as a filter', () => {
    const refused = table.refusal('Query', { ...queryAll, FilterExpression: 'sk > :p' });
    expect(refused).toContain('Filter Expression can only contain non-primary key attributes');
  });
});

it('a scan reads all partitions, also in segments and pages', () => {
  for (let i = 0; i < 50; i++) put(`p${i}`, i);
  const counts = [0, 1, 2].map((Segment) => {
    let [count, start]: [number, unknown] = [0, undefined];
    do {
      const from = start ? { ExclusiveStartKey: start } : {};
      const page = table.call('Scan', { Segment, TotalSegments: 3, Limit: 4, ...from });
      count += Number(page.Count);
      start = page.LastEvaluatedKey;
    } while (start);
    return count;
  });
  expect(counts.reduce((sum, count) => sum + count)).toBe(50);
  expect(Math.max(...counts)).toBeLessThan(50);
});

describe('units are counted as AWS does', () => {
  const units = (operation: string, input: object): unknown =>
    table.call(operation, { ReturnConsumedCapacity: 'INDEXES', ...input }).ConsumedCapacity;

  it('by what is found, for reads that find nothing too', () => {
    put('a', 1, { v: { S: 'x'.repeat(5000) } });
    const Key = keyOf('a', 1);
    expect(units('GetItem', { Key })).toMatchObject({ CapacityUnits: 1 });
    expect(units('GetItem', { Key, ConsistentRead: true })).toMatchObject({ CapacityUnits: 2 });
    expect(units('GetItem', { Key: keyOf('a', 2) })).toMatchObject({ CapacityUnits: 0.5 });
    const nothing = { ...queryAll, ExpressionAttributeValues: { ':p': { S: 'none' } } };
    expect(units('Query', nothing)).toMatchObject({ CapacityUnits: 0.5 });
    const Keys = [Key, keyOf('a', 2)];
    const batch = { RequestItems: { [TableName]: { Keys } } };
    expect(units('BatchGetItem', batch)).toMatchObject([{ CapacityUnits: 1.5 }]);
  });

  it('for writes by the larger of both items, and for each place in an index', () => {
    const big = { v: { S: 'x'.repeat(1500) } };
    expect(units('PutItem', { Item: { ...keyOf('a', 1), ...big } })).toEqual({
      ...{ TableName, CapacityUnits: 2, Table: { CapacityUnits: 2 } },
    });
    expect(units('PutItem', { Item: { ...keyOf('a', 1), g: { S: 'x' } } })).toEqual({
      ...{ TableName, CapacityUnits: 3, Table: { CapacityUnits: 2 } },
      GlobalSecondaryIndexes: { byG: { CapacityUnits: 1 } },
    });
    expect(units('PutItem', { Item: { ...keyOf('a', 1), g: { S: 'y' } } })).toMatchObject({
      CapacityUnits: 3,
      GlobalSecondaryIndexes: { byG: { CapacityUnits: 2 } },
    });
    expect(units('DeleteItem', { Key: keyOf('a', 1) })).toMatchObject({ CapacityUnits: 2 });
  });

  it('twice for transactions, and for writes whose condition fails', () => {
    const Update = { TableName, Key: keyOf('a', 1), UpdateExpression: 'REMOVE x' };
    const TransactItems = [{ Update }, { Delete: { TableName, Key: keyOf('a', 2) } }];
    expect(units('TransactWriteItems', { TransactItems })).toMatchObject([
      { CapacityUnits: 4, WriteCapacityUnits: 4 },
    ]);
    const ConditionExpression = 'attribute_exists(x)';
    table.refusal('PutItem', { Item: keyOf('a', 1), ConditionExpression });
    expect(table.database.consumedUnits(TableName)).toEqual({ read: 0, write: 5 });
  });
});
