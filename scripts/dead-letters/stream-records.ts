import {
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ResourceNotFoundException,
  type _Record as SdkRecord,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { DeadLetter } from './dead-letter.ts';

export interface FoundRecords {
  records: SdkRecord[];
  /** The stream has dropped the first of them, or all, which it does after 24 hours. */
  isTooOld: boolean;
}

/** Pages without a record are answered where a shard has none for a while. */
const maxEmptyPages = 100;

/** All records of the shard from the letter's first to its last, filtered or not. */
export async function findRecords(
  client: DynamoDBStreamsClient,
  { DDBStreamBatchInfo: batch }: DeadLetter,
): Promise<FoundRecords> {
  try {
    const records = await readFrom(client, batch, 'AT_SEQUENCE_NUMBER');
    return { records, isTooOld: false };
  } catch (error) {
    // The shard itself goes with its last record.
    if (error instanceof ResourceNotFoundException) return { records: [], isTooOld: true };
    if (!(error instanceof TrimmedDataAccessException)) throw error;
    return { records: await readFrom(client, batch, 'TRIM_HORIZON'), isTooOld: true };
  }
}

type Batch = DeadLetter['DDBStreamBatchInfo'];

async function readFrom(
  client: DynamoDBStreamsClient,
  { streamArn: StreamArn, shardId: ShardId, startSequenceNumber, endSequenceNumber }: Batch,
  ShardIteratorType: 'AT_SEQUENCE_NUMBER' | 'TRIM_HORIZON',
): Promise<SdkRecord[]> {
  const opened = await client.send(
    new GetShardIteratorCommand({
      ...{ StreamArn, ShardId, ShardIteratorType },
      ...(ShardIteratorType === 'AT_SEQUENCE_NUMBER' && { SequenceNumber: startSequenceNumber }),
    }),
  );
  const records: SdkRecord[] = [];
  let emptyPages = 0;
  let ShardIterator = opened.ShardIterator;
  while (ShardIterator && emptyPages < maxEmptyPages) {
    const page = await client.send(new GetRecordsCommand({ ShardIterator }));
    const found = page.Records ?? [];
    records.push(...found.filter((record) => numberOf(record) <= BigInt(endSequenceNumber)));
    if (found.some((record) => numberOf(record) >= BigInt(endSequenceNumber))) return records;
    emptyPages = found.length === 0 ? emptyPages + 1 : 0;
    ShardIterator = page.NextShardIterator;
  }
  return records;
}

const numberOf = ({ dynamodb }: SdkRecord): bigint => BigInt(dynamodb?.SequenceNumber ?? 0);
