import type { AttributeValue, _Record as SdkRecord } from '@aws-sdk/client-dynamodb-streams';

/**
 * What Lambda hands to a function for a record that GetRecords gave: the creation time in seconds,
 * binary values as base64 text.
 */
export function toLambdaRecord(
  record: SdkRecord,
  { createdAtMs, region, streamArn }: { createdAtMs: number; region: string; streamArn: string },
) {
  const { dynamodb, userIdentity } = record;
  return {
    eventID: record.eventID,
    eventName: record.eventName,
    eventVersion: record.eventVersion,
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(createdAtMs / 1000),
      Keys: toJson(dynamodb?.Keys),
      ...(dynamodb?.NewImage && { NewImage: toJson(dynamodb.NewImage) }),
      ...(dynamodb?.OldImage && { OldImage: toJson(dynamodb.OldImage) }),
      SequenceNumber: dynamodb?.SequenceNumber,
      SizeBytes: dynamodb?.SizeBytes,
      StreamViewType: dynamodb?.StreamViewType,
    },
    ...(userIdentity && {
      userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId },
    }),
    eventSourceARN: streamArn,
  };
}

const toJson = (value: Record<string, AttributeValue> | undefined): unknown => convert(value ?? {});

function convert(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, convert(item)]));
}
