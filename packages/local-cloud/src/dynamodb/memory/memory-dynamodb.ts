import { DynamoDbError } from './errors.ts';
import { batchGetItem, batchWriteItem } from './operations/batch-operations.ts';
import { CompletedTransactions } from './operations/completed-transactions.ts';
import { type Database, tableOf } from './operations/database.ts';
import { expireItems } from './operations/expire-items.ts';
import { deleteItem, getItem, putItem, updateItem } from './operations/item-operations.ts';
import { query } from './operations/query.ts';
import { scan } from './operations/scan.ts';
import {
  createTable,
  deleteTable,
  describeTable,
  describeTimeToLive,
  listTables,
  updateTimeToLive,
} from './operations/table-operations.ts';
import { transactGetItems, transactWriteItems } from './operations/transactions.ts';
import {
  describeStream,
  getRecords,
  getShardIterator,
  listStreams,
} from './streams/stream-operations.ts';

const operations: Readonly<Record<string, (database: Database, input: never) => object>> = {
  ...{ CreateTable: createTable, DescribeTable: describeTable, DeleteTable: deleteTable },
  ...{ ListTables: listTables },
  ...{ UpdateTimeToLive: updateTimeToLive, DescribeTimeToLive: describeTimeToLive },
  ...{ GetItem: getItem, PutItem: putItem, UpdateItem: updateItem, DeleteItem: deleteItem },
  ...{ Query: query, Scan: scan },
  ...{ BatchGetItem: batchGetItem, BatchWriteItem: batchWriteItem },
  ...{ TransactGetItems: transactGetItems, TransactWriteItems: transactWriteItems },
  ...{ ListStreams: listStreams, DescribeStream: describeStream },
  ...{ GetShardIterator: getShardIterator, GetRecords: getRecords },
};

/** Parameters that expressions have replaced. */
const legacy = [
  ...['AttributesToGet', 'AttributeUpdates', 'ConditionalOperator', 'Expected'],
  ...['KeyConditions', 'QueryFilter', 'ScanFilter'],
];

export type CallResult = { output: object } | { error: DynamoDbError };

export interface MemoryDynamoDbOptions {
  /** The time of streams, of time to live and of the tokens of transactions. */
  nowMs?: () => number;
  /** As part of ARNs; without it that of DynamoDB Local, which the local cloud expects. */
  region?: string;
}

/**
 * DynamoDB in the memory of this process: tables, expressions, indexes, transactions and streams.
 *
 *     const database = new MemoryDynamoDb();
 *     database.call('PutItem', { TableName, Item: { pk: { S: 'a' } } });
 *     const client = new DynamoDBClient({ requestHandler: memoryRequestHandler(database) });
 *
 * A call is made at once and whole, in microseconds; nothing is kept when the process ends.
 */
export class MemoryDynamoDb {
  readonly #database: Database;

  constructor({ nowMs = Date.now, region = 'ddblocal' }: MemoryDynamoDbOptions = {}) {
    this.#database = {
      ...{ tables: new Map(), streams: new Map(), region, nowMs },
      completed: new CompletedTransactions(nowMs),
    };
  }

  /**
   * Makes a call of DynamoDB or of its streams. `input` is what its HTTP API takes as JSON: binaries
   * are in Base64. What is answered may be part of what is stored: it MUST NOT be changed.
   */
  call(operation: string, input: object): CallResult {
    try {
      return { output: this.#make(operation, input) };
    } catch (error) {
      if (error instanceof DynamoDbError) return { error };
      if (error instanceof TypeError) return { error: malformed(error) };
      throw error;
    }
  }

  /** The units that a table and its indexes have taken, those of refused writes included. */
  consumedUnits(tableName: string): { read: number; write: number } {
    return { ...tableOf(this.#database, tableName).consumed };
  }

  /** Deletes what time to live lets expire, which nothing else here does; answers how much. */
  expireItems(): number {
    return expireItems(this.#database);
  }

  #make(operation: string, input: object): object {
    const make = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (make === undefined) {
      throw new DynamoDbError('UnknownOperationException', 'An unknown operation was requested.');
    }
    const used = legacy.find((name) => name in input);
    if (used !== undefined) {
      throw new DynamoDbError('ValidationException', `${used} is not known here: use expressions`);
    }
    return make(this.#database, input as never);
  }
}

/** A member of a request has another type than it is declared with. */
const malformed = (cause: TypeError): DynamoDbError =>
  Object.assign(new DynamoDbError('SerializationException', cause.message), { cause });
