import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DynamoDbLocal, startDynamoDbLocal } from '../../../../src/dynamodb/dynamodb-local.ts';
import { type Ask, askMemory, askOverHttp } from './databases.ts';
import type { Wire } from './random-values.ts';
import { type ContractTable, definitionOf } from './tables.ts';

const items = 48;
const bytes = 380_000;
const itemsPerPage = 3;
const keyOf = (i: number) => ({ pk: { S: 'p' }, sk: { S: String(i).padStart(3, '0') } });
const stored = Array.from({ length: items }, (_, i) => i);

type Database = 'memory' | 'local';

describe('what does not fit into one answer is the same in memory and in DynamoDB Local', () => {
  const table: ContractTable = { name: `large-${randomUUID()}`, sort: 'S' };
  const TableName = table.name;
  let emulator: DynamoDbLocal;
  let both: Record<Database, Ask>;

  beforeAll(async () => {
    emulator = await startDynamoDbLocal();
    both = { memory: askMemory(), local: askOverHttp(emulator.endpoint) };
    for (const ask of Object.values(both)) {
      await ask('CreateTable', definitionOf(table));
      for (const i of stored) {
        const Item = { ...keyOf(i), s: { S: 'x'.repeat(bytes) }, n: { N: String(i) } };
        expect(await ask('PutItem', { TableName, Item })).not.toHaveProperty('__type');
      }
    }
  });
  afterAll(() => emulator.stop());

  /** Both answers to a call, as far as they are small. */
  async function ask(operation: string, input: Wire): Promise<Wire[]> {
    return Promise.all([both.memory(operation, input), both.local(operation, input)]);
  }

  const numbersOf = (found: unknown): string[] =>
    (found as { n: { N: string } }[]).map(({ n }) => n.N).sort();

  it('pages of a query', async () => {
    let start: unknown;
    let pages = 0;
    do {
      const [memory, local] = await ask('Query', {
        ...{ TableName, KeyConditionExpression: 'pk = :pk', ReturnConsumedCapacity: 'TOTAL' },
        ExpressionAttributeValues: { ':pk': { S: 'p' } },
        ...(start !== undefined && { ExclusiveStartKey: start }),
      });
      const partsOf = ({ Items, ...rest }: Wire = {}) => ({ ...rest, numbers: numbersOf(Items) });
      expect(partsOf(memory)).toEqual(partsOf(local));
      start = memory?.LastEvaluatedKey;
      pages += 1;
    } while (start !== undefined);
    expect(pages).toBe(items / itemsPerPage);
  });

  it('a page ends by what was read: DynamoDB Local counts what a filter leaves, AWS does not', async () => {
    const page = await both.memory('Query', {
      ...{ TableName, KeyConditionExpression: 'pk = :pk', FilterExpression: 'n > :n' },
      ExpressionAttributeValues: { ':pk': { S: 'p' }, ':n': { N: '40' } },
    });
    expect(page).toMatchObject({ Count: 0, ScannedCount: itemsPerPage });
    expect(page.LastEvaluatedKey).toEqual(keyOf(itemsPerPage - 1));
  });

  it('keys that a batch leaves over, until none is left', async () => {
    const found: Record<Database, string[]> = { memory: [], local: [] };
    const attempts = { memory: 0, local: 0 };
    for (const database of ['memory', 'local'] as const) {
      let RequestItems: Wire = { [TableName]: { Keys: stored.map(keyOf), ConsistentRead: true } };
      while (Object.keys(RequestItems).length > 0) {
        const answer = await both[database]('BatchGetItem', { RequestItems });
        expect(answer).not.toHaveProperty('__type');
        found[database].push(...numbersOf((answer.Responses as Wire)[TableName]));
        RequestItems = answer.UnprocessedKeys as Wire;
        attempts[database] += 1;
      }
    }
    expect(found.memory.sort()).toEqual(found.local.sort());
    expect(found.memory).toHaveLength(items);
    expect(attempts).toEqual({ memory: 2, local: 2 });
  });

  it('an item, a batch or a transaction that is too large', async () => {
    const large = { ...keyOf(900), s: { S: 'x'.repeat(410_000) } };
    const refused = async (operation: string, input: Wire) => {
      const answers = await ask(operation, input);
      const names = answers.map(({ __type }) => String(__type).replace(/^.*#/, ''));
      expect(names[0]).toBe(names[1]);
      expect(names[0]).toBe('ValidationException');
    };
    await refused('PutItem', { TableName, Item: large });
    const PutRequest = { Item: large };
    await refused('BatchWriteItem', { RequestItems: { [TableName]: [{ PutRequest }] } });
    const some = Array.from({ length: 26 }, (_, i) => ({ DeleteRequest: { Key: keyOf(i) } }));
    await refused('BatchWriteItem', { RequestItems: { [TableName]: some } });
    const Keys = Array.from({ length: 101 }, (_, i) => keyOf(i));
    await refused('BatchGetItem', { RequestItems: { [TableName]: { Keys } } });
  });
});
