import type { MemoryDynamoDb } from '@seenby/local-cloud/dynamodb/memory/memory-dynamodb.ts';
import type { DynamoDBRecord } from 'aws-lambda';

/** Reads a table's stream from its beginning. */
export class TableStream {
  readonly #database: MemoryDynamoDb;
  readonly #streamArn: string;
  #place = 0;

  constructor(database: MemoryDynamoDb, streamArn: string) {
    this.#database = database;
    const { StreamDescription: described } = this.#call<{
      StreamDescription: { Shards: { ShardId: string }[] };
    }>('DescribeStream', { StreamArn: streamArn });
    const { ShardIterator } = this.#call<{ ShardIterator: string }>('GetShardIterator', {
      StreamArn: streamArn,
      ShardId: described.Shards[0]?.ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    });
    this.#streamArn = ShardIterator.split('|')[0] ?? '';
  }

  /** Begins with what comes from now on. */
  skip(): void {
    while (this.take().length > 0);
  }

  /** What has come since it was last asked. */
  take(): DynamoDBRecord[] {
    const ShardIterator = `${this.#streamArn}|${this.#place}`;
    const { Records } = this.#call<{ Records: DynamoDBRecord[] }>('GetRecords', { ShardIterator });
    this.#place += Records.length;
    return Records;
  }

  #call<T>(operation: string, input: object): T {
    const result = this.#database.call(operation, input);
    if ('error' in result) throw result.error;
    return result.output as T;
  }
}
