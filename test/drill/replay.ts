import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { PurgeQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { localAccess } from '@seenby/local-cloud/dynamodb/local-access.ts';
import type { SeenbyCloud } from '../../demo/local/seenby-cloud.ts';
import { nameOf } from '../system/faults/breakable-stack.ts';

const script = fileURLToPath(new URL('../../scripts/replay-dead-letters.ts', import.meta.url));

/** The address of a queue, by its logical id without digits. */
const urlOf = ({ operator }: SeenbyCloud, queueName: string): string => {
  const found = Object.entries(operator.queueUrls).find(([id]) => nameOf(id) === queueName);
  if (!found) throw new Error(`there is no queue ${queueName}`);
  return found[1];
};

/** As `aws sqs purge-queue` does. */
export async function purgeQueue(cloud: SeenbyCloud, queueName: string): Promise<void> {
  const { AWS_ENDPOINT_URL_SQS: endpoint = '' } = cloud.operator.environment;
  const client = new SQSClient({ endpoint, ...localAccess });
  await client.send(new PurgeQueueCommand({ QueueUrl: urlOf(cloud, queueName) }));
  client.destroy();
}

/** Runs `npm run replay-dead-letters` for a queue. Answers its last line. */
export async function replayDeadLetters(cloud: SeenbyCloud, queueName: string): Promise<string> {
  const url = urlOf(cloud, queueName);
  const env = { ...process.env, ...cloud.operator.environment };
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--queue', url], { env });
  return stdout.trim().split('\n').at(-1) ?? '';
}
