import {
  MemoryDynamoDb,
  type MemoryDynamoDbOptions,
} from '../../../src/dynamodb/memory/memory-dynamodb.ts';

export const TableName = 'Example';

type Members = Record<string, unknown>;

export interface ExampleTable {
  database: MemoryDynamoDb;
  /** Answers the output. Throws the error of the database. */
  call(operation: string, input?: Members): Members;
  /** The name of the error and its message. */
  refusal(operation: string, input?: Members): string;
}

/** A table with the key `pk`, `sk` and an index on `g`, in a database of its own. */
export function exampleTable(
  options: MemoryDynamoDbOptions = {},
  definition: Members = {},
): ExampleTable {
  const database = new MemoryDynamoDb(options);
  const ask = (operation: string, input: Members = {}) =>
    database.call(operation, /^(Batch|Transact)/.test(operation) ? input : { TableName, ...input });
  const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });
  ask('CreateTable', {
    AttributeDefinitions: ['pk', 'sk', 'g'].map((AttributeName) => ({
      ...{ AttributeName, AttributeType: AttributeName === 'sk' ? 'N' : 'S' },
    })),
    KeySchema: [key('pk', 'HASH'), key('sk', 'RANGE')],
    BillingMode: 'PAY_PER_REQUEST',
    GlobalSecondaryIndexes: [
      {
        ...{ IndexName: 'byG', KeySchema: [key('g', 'HASH')] },
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
    ...definition,
  });
  return {
    database,
    call(operation, input) {
      const result = ask(operation, input);
      if ('error' in result) throw result.error;
      return result.output as Members;
    },
    refusal(operation, input) {
      const result = ask(operation, input);
      return 'error' in result ? `${result.error.name}: ${result.error.message}` : 'none';
    },
  };
}

export const keyOf = (pk: string, sk: number) => ({ pk: { S: pk }, sk: { N: String(sk) } });
