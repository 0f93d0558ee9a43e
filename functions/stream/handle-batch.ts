import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { logFault } from '../runtime/log.ts';
import { type MemberChange, toMemberChange } from './member-change.ts';

/**
 * Hands on the member changes of a batch. Records that cannot be read are reported one by one, so
 * that Lambda retries them, and in the end puts them aside, without the ones before.
 */
export async function handleBatch(
  event: DynamoDBStreamEvent,
  handle: (changes: MemberChange[]) => Promise<MemberChange[]>,
): Promise<DynamoDBBatchResponse> {
  const failed: string[] = [];
  const changes = event.Records.flatMap((record) => {
    try {
      return [toMemberChange(record)];
    } catch (error) {
      logFault('stream record cannot be read', error, { eventId: record.eventID });
      failed.push(sequenceNumberOf(record));
      return [];
    }
  });
  const unhandled = await handle(changes);
  failed.push(...unhandled.map(({ sequenceNumber }) => sequenceNumber));
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

const sequenceNumberOf = (record: DynamoDBRecord): string => record.dynamodb?.SequenceNumber ?? '';
