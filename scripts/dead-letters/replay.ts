import type { DynamoDBStreamsClient, _Record as SdkRecord } from '@aws-sdk/client-dynamodb-streams';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { Message } from '@aws-sdk/client-sqs';
import { toLambdaRecord } from '@seenby/local-cloud/streams/records/lambda-record.ts';
import { type DeadLetter, readLetter } from './dead-letter.ts';
import { filterOf, handOver } from './hand-over.ts';
import type { Queue } from './queue.ts';
import { findRecords } from './stream-records.ts';

export interface ReplayPorts {
  queue: Pick<Queue, 'messages' | 'delete' | 'release'>;
  streams: DynamoDBStreamsClient;
  lambda: LambdaClient;
  say: (line: string) => void;
}

export interface Replayed {
  letters: number;
  records: number;
  /** Letters that stay in the queue: too old, not understood, or not accepted. */
  left: number;
}

/**
 * Takes the records that the letters of a queue stand for or hold, and gives them to the function they were
 * for. A letter is deleted once all of its records are accepted. With `dryRun` nothing is called and
 * nothing deleted.
 */
export async function replay(
  ports: ReplayPorts,
  { dryRun }: { dryRun: boolean },
): Promise<Replayed> {
  const sum: Replayed = { letters: 0, records: 0, left: 0 };
  try {
    for await (const message of ports.queue.messages()) {
      sum.letters += 1;
      const { records, isDone } = await replayMessage(ports, message, dryRun).catch(
        (error: unknown) => {
          ports.say(`${message.MessageId}: ${error instanceof Error ? error.message : error}`);
          return { records: 0, isDone: false };
        },
      );
      sum.records += records;
      if (!isDone) sum.left += 1;
      else if (!dryRun) await ports.queue.delete(message);
    }
  } finally {
    await ports.queue.release();
  }
  return sum;
}

async function replayMessage(
  ports: ReplayPorts,
  { MessageId, Body = '' }: Message,
  dryRun: boolean,
): Promise<{ records: number; isDone: boolean }> {
  const letter = readLetter(Body);
  if (!letter) throw new Error('This is no dead letter of a DynamoDB stream.');
  const done = dryRun ? 'would be handed over' : 'handed over';
  if ('records' in letter) {
    if (!dryRun) await handOver(ports.lambda, letter, letter.records);
    ports.say(`${MessageId}: ${letter.records.length} records that could not be read ${done}`);
    return { records: letter.records.length, isDone: true };
  }
  const { DDBStreamBatchInfo: batch } = letter;
  const matches = await filterOf(ports.lambda, letter);
  const found = await findRecords(ports.streams, letter);
  const records = found.records.map((record) => toEvent(record, letter)).filter(matches);
  if (!dryRun) await handOver(ports.lambda, letter, records);
  const of = `${records.length} of ${batch.batchSize} records of ${batch.approximateArrivalOfFirstRecord}`;
  const isDone = !found.isTooOld && records.length >= batch.batchSize;
  const rest = isDone ? '' : '; the stream no longer has the others';
  ports.say(`${MessageId}: ${of} ${done}${rest}`);
  return { records: records.length, isDone };
}

function toEvent(record: SdkRecord, { DDBStreamBatchInfo: { streamArn } }: DeadLetter): object {
  const createdAtMs = record.dynamodb?.ApproximateCreationDateTime?.getTime();
  if (createdAtMs === undefined) throw new Error('A record of the stream has no time.');
  return toLambdaRecord(record, {
    ...{ createdAtMs, streamArn },
    region: record.awsRegion ?? streamArn.split(':')[3] ?? '',
  });
}
