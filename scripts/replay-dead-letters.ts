import { parseArgs } from 'node:util';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { Queue } from './dead-letters/queue.ts';
import { replay } from './dead-letters/replay.ts';

const usage = 'Usage: npm run replay-dead-letters -- --queue <queue URL> [--dry-run]';

/** Region and credentials are those of the environment, as for the AWS CLI. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { queue: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
  });
  if (!values.queue) throw new Error(usage);
  const { letters, records, left } = await replay(
    {
      queue: new Queue(new SQSClient({}), values.queue),
      streams: new DynamoDBStreamsClient({}),
      lambda: new LambdaClient({}),
      say: console.log,
    },
    { dryRun: values['dry-run'] },
  );
  console.log(`${letters} letters, ${records} records, ${left} letters left in the queue.`);
  return left > 0 ? 1 : 0;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  },
);
