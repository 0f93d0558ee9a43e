import type { _Record as SdkRecord } from '@aws-sdk/client-dynamodb-streams';
import { localAccount } from '../../template/physical-names.ts';
import { toLambdaRecord } from './lambda-record.ts';

/** A stream record as the readers of a shard pass it on. */
export interface StreamRecord {
  shardId: string;
  sequenceNumber: string;
  /** Equal for records of one item, which must be handled in order. */
  itemKey: string;
  /** Best knowledge of when the item was written. Epoch milliseconds. */
  writtenAtMs: number;
  sizeBytes: number;
  /** The record in the shape of a Lambda event. */
  event: Record<string, unknown>;
}

/** DynamoDB Local cuts creation times to the minute. */
const creationPrecisionMs = 60_000;

/**
 * Turns what GetRecords gave at `seenAtMs` into what Lambda hands to a function.
 * `ApproximateCreationDateTime` is in seconds; binary values are base64.
 */
export function toStreamRecord(
  record: SdkRecord,
  origin: { shardId: string; streamArn: string; seenAtMs: number },
): StreamRecord {
  const { dynamodb } = record;
  const sequenceNumber = dynamodb?.SequenceNumber;
  if (sequenceNumber === undefined) throw new Error('A stream record has no sequence number');
  const createdAtMs = dynamodb?.ApproximateCreationDateTime?.getTime() ?? origin.seenAtMs;
  // Never later than seen, and never so early that the cut makes a young record look old.
  const writtenAtMs = Math.min(origin.seenAtMs, createdAtMs + creationPrecisionMs - 1);
  const event = toLambdaRecord(record, {
    ...{ createdAtMs: writtenAtMs, region: localAccount.region },
    streamArn: awsArnOf(origin.streamArn),
  });
  const sizeBytes = Buffer.byteLength(JSON.stringify(event));
  const itemKey = JSON.stringify(event.dynamodb.Keys);
  return { shardId: origin.shardId, sequenceNumber, itemKey, writtenAtMs, sizeBytes, event };
}

/** DynamoDB Local claims to be in a region of its own. */
export function awsArnOf(arn: string): string {
  return arn.replace(':ddblocal:', `:${localAccount.region}:`);
}

/** Sequence numbers are decimal numbers of up to 40 digits. */
export function isAfter(sequenceNumber: string, other: string): boolean {
  return BigInt(sequenceNumber) > BigInt(other);
}
