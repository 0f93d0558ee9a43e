import { MemoryDynamoDb } from '@seenby/local-cloud/dynamodb/memory/memory-dynamodb.ts';
import type { DynamoDBRecord } from 'aws-lambda';
import { makeTable, type TableDefinition } from '../../support/in-process/table-definition.ts';
import type { TableStream } from '../../support/in-process/table-stream.ts';

/**
 * A table without what has been written in the last second, or less of it. An eventual read may find it so, on a replica
 * that has not had the last writes yet.
 */
export class PastTable {
  readonly #database: MemoryDynamoDb;
  readonly #tableName: string;
  readonly #stream: TableStream;
  /** Read from the stream, and too new. */
  #recent: DynamoDBRecord[] = [];

  constructor(definition: TableDefinition, stream: TableStream) {
    this.#database = new MemoryDynamoDb();
    makeTable(this.#database, definition);
    this.#tableName = definition.tableName;
    this.#stream = stream;
    // What the table begins with has been there for long.
    this.before(Number.POSITIVE_INFINITY);
  }

  /** The table as it was at the last full second. */
  before(nowMs: number): MemoryDynamoDb {
    const second = Math.floor(nowMs / 1000);
    for (let taken = this.#stream.take(); taken.length > 0; taken = this.#stream.take()) {
      this.#recent.push(...taken);
    }
    const isRecent = ({ dynamodb }: DynamoDBRecord) =>
      (dynamodb?.ApproximateCreationDateTime ?? 0) >= second;
    const first = this.#recent.findIndex(isRecent);
    const old = this.#recent.splice(0, first < 0 ? this.#recent.length : first);
    for (const record of old) this.#apply(record);
    return this.#database;
  }

  #apply({ dynamodb }: DynamoDBRecord): void {
    const { NewImage: Item, Keys: Key } = dynamodb ?? {};
    const TableName = this.#tableName;
    const result = Item
      ? this.#database.call('PutItem', { TableName, Item })
      : this.#database.call('DeleteItem', { TableName, Key });
    if ('error' in result) throw result.error;
  }
}
