import type { AttributeValue, _Record as SdkRecord } from '@aws-sdk/client-dynamodb-streams';
import { localAccount } from '../template/physical-names.ts';

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
  const keys = toJson(dynamodb?.Keys);
  const event = {
    eventID: record.eventID,
    eventName: record.eventName,
    eventVersion: record.eventVersion,
    eventSource: 'aws:dynamodb',
    awsRegion: localAccount.region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(writtenAtMs / 1000),
      Keys: keys,
      ...(dynamodb?.NewImage && { NewImage: toJson(dynamodb.NewImage) }),
      ...(dynamodb?.OldImage && { OldImage: toJson(dynamodb.OldImage) }),
      SequenceNumber: sequenceNumber,
      SizeBytes: dynamodb?.SizeBytes,
      StreamViewType: dynamodb?.StreamViewType,
    },
    ...(record.userIdentity && {
      userIdentity: {
        type: record.userIdentity.Type,
        principalId: record.userIdentity.PrincipalId,
      },
    }),
    eventSourceARN: awsArnOf(origin.streamArn),
  };
  const sizeBytes = Buffer.byteLength(JSON.stringify(event));
  const itemKey = JSON.stringify(keys);
  return { shardId: origin.shardId, sequenceNumber, itemKey, writtenAtMs, sizeBytes, event };
}

/** Streams give binary values as bytes, Lambda as base64 text. */
function toJson(value: Record<string, AttributeValue> | undefined): unknown {
  return convert(value ?? {});
}

function convert(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, convert(item)]));
}

/** DynamoDB Local claims to be in a region of its own. */
export function awsArnOf(arn: string): string {
  return arn.replace(':ddblocal:', `:${localAccount.region}:`);
}

/** Sequence numbers are decimal numbers of up to 40 digits. */
export function isAfter(sequenceNumber: string, other: string): boolean {
  return BigInt(sequenceNumber) > BigInt(other);
}
