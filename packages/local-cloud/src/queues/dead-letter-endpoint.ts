import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHttpServer } from '../gateway/http/http-server.ts';
import { closeServer, listen } from '../gateway/listen.ts';
import { readBody } from '../gateway/read-body.ts';
import { respondJson } from '../gateway/respond.ts';
import type { DeadLetterQueues, Letter } from '../streams/dead-letter-queues.ts';
import { localAccount } from '../template/physical-names.ts';
import type { Template } from '../template/template.ts';

interface DeadLetterEndpoint {
  url: string;
  /** By logical id. */
  queueUrls: Record<string, string>;
  close(): Promise<void>;
}

interface Call {
  QueueUrl?: string;
  MaxNumberOfMessages?: number;
  VisibilityTimeout?: number;
  ReceiptHandle?: string;
}

const maxBytes = 64 * 1024;
const defaultHiddenSeconds = 30;

/** SQS as far as an operator empties a queue: receiving, hiding, deleting, purging. It never waits for a message. */
export async function openDeadLetterEndpoint(options: {
  template: Template;
  deadLetters: DeadLetterQueues;
  nowMs: () => number;
  reportFault: (cause: unknown) => void;
}): Promise<DeadLetterEndpoint> {
  const { template, deadLetters: queues, nowMs } = options;
  const arns = new Map<string, string>();
  const server = createHttpServer(async (request, response) => {
    const call = await readCall(request);
    const arn = arns.get(call?.QueueUrl ?? '');
    if (!call || !arn) return refuse(response, 'QueueDoesNotExist', 'There is no such queue.');
    const answer = perform(queues, request.headers['x-amz-target'], arn, call, nowMs());
    if (answer) respondJson(response, 200, answer);
    else refuse(response, 'UnsupportedOperation', 'Only receiving and deleting are known here.');
  }, options.reportFault);
  const url = `http://127.0.0.1:${await listen(server, 0, 'the port of SQS')}`;
  const found = template.resources('AWS::SQS::Queue').map(({ logicalId }) => {
    const arn = String(template.resolve({ 'Fn::GetAtt': [logicalId, 'Arn'] }));
    return {
      logicalId,
      arn,
      queueUrl: `${url}/${localAccount.accountId}/${arn.split(':').at(-1)}`,
    };
  });
  for (const { queueUrl, arn } of found) arns.set(queueUrl, arn);
  return {
    url,
    queueUrls: Object.fromEntries(found.map(({ logicalId, queueUrl }) => [logicalId, queueUrl])),
    close: () => closeServer(server),
  };
}

async function readCall(request: IncomingMessage): Promise<Call | undefined> {
  const body = await readBody(request, maxBytes);
  return body === 'tooLarge' ? undefined : (JSON.parse(body.toString() || '{}') as Call);
}

function perform(
  queues: DeadLetterQueues,
  target: string | string[] | undefined,
  arn: string,
  call: Call,
  nowMs: number,
): object | undefined {
  const { MaxNumberOfMessages = 1, VisibilityTimeout = defaultHiddenSeconds } = call;
  const { ReceiptHandle = '' } = call;
  const hiddenUntilMs = nowMs + VisibilityTimeout * 1000;
  switch (target) {
    case 'AmazonSQS.ReceiveMessage': {
      const letters = queues.receive(arn, Math.min(MaxNumberOfMessages, 10), nowMs, hiddenUntilMs);
      return letters.length > 0 ? { Messages: letters.map(toMessage) } : {};
    }
    case 'AmazonSQS.ChangeMessageVisibility':
      queues.hide(arn, ReceiptHandle, hiddenUntilMs);
      return {};
    case 'AmazonSQS.DeleteMessage':
      queues.delete(arn, ReceiptHandle);
      return {};
    case 'AmazonSQS.PurgeQueue':
      queues.purge(arn);
      return {};
    default:
      return undefined;
  }
}

/** The SDK compares the digest. */
function toMessage({ messageId, message, receiptHandle }: Letter) {
  const Body = typeof message === 'string' ? message : JSON.stringify(message);
  const MD5OfBody = createHash('md5').update(Body).digest('hex');
  return { MessageId: messageId, ReceiptHandle: receiptHandle, Body, MD5OfBody };
}

const refuse = (response: ServerResponse, type: string, message: string): void =>
  respondJson(response, 400, { __type: `com.amazonaws.sqs#${type}`, message });
