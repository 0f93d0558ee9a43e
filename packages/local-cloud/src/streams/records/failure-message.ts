import type { Discard } from '../attempts.ts';
import type { MappingSettings } from '../mapping-settings.ts';

/** What Lambda sends to the OnFailure destination: where the records are; for S3 also the records. */
export function failureMessage(
  { attempt, condition }: Discard,
  mapping: Pick<MappingSettings, 'functionArn' | 'onFailureArn'>,
  origin: { streamArn: string; requestId: string; nowMs: number },
): Record<string, unknown> {
  const { records, invocations, functionFailed } = attempt;
  const [first, last] = [records[0], records.at(-1)];
  const writtenAt = records.map((record) => record.writtenAtMs);
  return {
    requestContext: {
      requestId: origin.requestId,
      functionArn: mapping.functionArn,
      condition,
      approximateInvokeCount: invocations,
    },
    ...(invocations > 0 && {
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        ...(functionFailed && { functionError: 'Unhandled' }),
      },
    }),
    version: '1.0',
    timestamp: new Date(origin.nowMs).toISOString(),
    DDBStreamBatchInfo: {
      shardId: first?.shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: isoSeconds(Math.min(...writtenAt)),
      approximateArrivalOfLastRecord: isoSeconds(Math.max(...writtenAt)),
      batchSize: records.length,
      streamArn: origin.streamArn,
    },
    ...(mapping.onFailureArn?.startsWith('arn:aws:s3:') && {
      payload: JSON.stringify({ Records: records.map((record) => record.event) }),
    }),
  };
}

function isoSeconds(timeMs: number): string {
  return new Date(timeMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
