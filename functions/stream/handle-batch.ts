import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { SetAside } from '../runtime/dead-letters.ts';
import { logFault } from '../runtime/log.ts';
import { groupIdIn } from '../store/dynamodb/keys.ts';

export interface StreamBatch extends DynamoDBStreamEvent {
  /** From an operator, who hears at once what cannot be read, and has it in the queue already. */
  isReplay?: boolean;
}

/** What a handler needs to know of its invocation. */
export interface InvokedAs {
  invokedFunctionArn: string;
}

interface Handling<T> {
  /** Pure: what throws here throws each time. */
  read: (record: DynamoDBRecord) => T;
  /** Answers what is to come again. Throws when everything is. */
  handle: (read: T[]) => Promise<readonly { sequenceNumber: string }[]>;
  setAside: SetAside;
}

/**
 * Hands on what the records of a batch say. Those that cannot be read are set aside, since they can
 * never be: Lambda would try them again, and read nothing more of their shard until it gave them up.
 * Where that fails, it does.
 */
export async function handleBatch<T>(
  { Records, isReplay = false }: StreamBatch,
  { invokedFunctionArn }: InvokedAs,
  { read, handle, setAside }: Handling<T>,
): Promise<DynamoDBBatchResponse> {
  const unreadable: DynamoDBRecord[] = [];
  const all = Records.flatMap((record) => {
    try {
      return [read(record)];
    } catch (error) {
      logFault('stream record cannot be read', error, placeOf(record));
      unreadable.push(record);
      return [];
    }
  });
  const unhandled = await handle(all);
  const left = isReplay ? unreadable : await setAside(unreadable, invokedFunctionArn);
  const failed = [
    ...unhandled.map(({ sequenceNumber }) => sequenceNumber),
    ...left.map(sequenceNumberOf),
  ];
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

const sequenceNumberOf = (record: DynamoDBRecord): string => record.dynamodb?.SequenceNumber ?? '';

const placeOf = (record: DynamoDBRecord) => ({
  eventId: record.eventID,
  sequenceNumber: sequenceNumberOf(record),
  groupId: groupIdIn(record.dynamodb?.Keys?.pk?.S ?? ''),
});
