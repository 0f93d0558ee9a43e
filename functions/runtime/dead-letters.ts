import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBRecord } from 'aws-lambda';
import { clientOptions } from './aws-client.ts';
import { logFault } from './log.ts';
import { packed } from './packed.ts';

/** Puts records of a function's stream aside. Answers those that it could not. */
export type SetAside = (
  records: readonly DynamoDBRecord[],
  functionArn: string,
) => Promise<DynamoDBRecord[]>;

/** What SQS has always taken is 256 KB. */
const most = { items: 1000, bytes: 250_000 };

const sizeOf = (record: DynamoDBRecord): number => Buffer.byteLength(JSON.stringify(record)) + 1;

/** Letters to the queue that Lambda's own go to, about what it gave up. Those say where the records are, these hold them. */
export function deadLetters(queueUrl: string): SetAside {
  const client = new SQSClient({ ...clientOptions(), md5: false, useQueueUrlAsEndpoint: false });
  const send = async (records: DynamoDBRecord[], functionArn: string) => {
    const letter = { requestContext: { functionArn, condition: 'RecordCannotBeRead' }, records };
    try {
      await client.send(
        new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(letter) }),
      );
      return [];
    } catch (error) {
      logFault('stream records were not set aside', error, { records: records.length });
      return records;
    }
  };
  return async (records, functionArn) => {
    const letters = packed(records, sizeOf, most);
    return (await Promise.all(letters.map((each) => send(each, functionArn)))).flat();
  };
}
