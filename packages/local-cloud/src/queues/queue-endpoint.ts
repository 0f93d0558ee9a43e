import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createHttpServer } from '../gateway/http/http-server.ts';
import { closeServer, listen } from '../gateway/listen.ts';
import { readBody } from '../gateway/read-body.ts';
import { respondJson } from '../gateway/respond.ts';
import type { Authorize } from '../permissions/permissions.ts';
import type { Queue } from './queue.ts';

const maxMessageBytes = 1024 * 1024;
const maxDelaySeconds = 900;

const maxHiddenSeconds = 12 * 60 * 60;

interface Call {
  QueueUrl?: string;
  MessageBody?: string;
  DelaySeconds?: number;
  ReceiptHandle?: string;
  VisibilityTimeout?: number;
}

type Outcome = { answer: object } | { refusal: [type: string, message: string] };

/** What functions ask of SQS: to take a message, and to hide one that they have for another while. */
const actions: Readonly<Record<string, (call: Call, queue: Queue) => Outcome>> = {
  SendMessage: send,
  ChangeMessageVisibility: changeVisibility,
};

/** Where functions find the queues. */
export class QueueEndpoint {
  readonly #queues: readonly Queue[];
  readonly #authorize: Authorize;
  readonly #server: Server;

  constructor(
    queues: readonly Queue[],
    authorize: Authorize,
    reportFault: (cause: unknown) => void,
  ) {
    this.#queues = queues;
    this.#authorize = authorize;
    this.#server = createHttpServer(
      (request, response) => this.#answer(request, response),
      reportFault,
    );
  }

  async open(): Promise<string> {
    return `http://127.0.0.1:${await listen(this.#server, 0, 'the port of SQS')}`;
  }

  close(): Promise<void> {
    return closeServer(this.#server);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const name = String(request.headers['x-amz-target']).replace(/^AmazonSQS\./, '');
    const act = actions[name];
    if (!act) return refuse(response, 'InvalidAction', `${name} is not known here`);
    // The request is JSON, so that its text may be twice as long as the message in it.
    const body = await readBody(request, 2 * maxMessageBytes);
    if (body === 'tooLarge') return refuse(response, ...tooLong);
    const call = JSON.parse(body.toString()) as Call;
    const queue = this.#queues.find(({ settings }) => settings.url === call.QueueUrl);
    if (!queue) {
      return refuse(response, 'QueueDoesNotExist', 'The specified queue does not exist.');
    }
    const need = { action: `sqs:${name}`, resource: queue.settings.arn };
    const refusal = this.#authorize(request.headers.authorization, need);
    if (refusal !== undefined) return refuse(response, 'AccessDeniedException', refusal);
    const outcome = act(call, queue);
    if ('answer' in outcome) respondJson(response, 200, outcome.answer);
    else refuse(response, ...outcome.refusal);
  }
}

function send({ MessageBody = '', DelaySeconds = 0 }: Call, queue: Queue): Outcome {
  if (Buffer.byteLength(MessageBody) > maxMessageBytes) return { refusal: tooLong };
  if (!isWhole(DelaySeconds, maxDelaySeconds)) {
    return { refusal: ['InvalidParameterValue', 'DelaySeconds must be between 0 and 900.'] };
  }
  return { answer: { MessageId: queue.send(MessageBody, DelaySeconds * 1000) } };
}

function changeVisibility(call: Call, queue: Queue): Outcome {
  const { ReceiptHandle = '', VisibilityTimeout = -1 } = call;
  if (!isWhole(VisibilityTimeout, maxHiddenSeconds)) {
    return { refusal: ['InvalidParameterValue', 'VisibilityTimeout must be 0 to 43200.'] };
  }
  const isThere = queue.changeVisibility(ReceiptHandle, VisibilityTimeout * 1000);
  if (isThere) return { answer: {} };
  return { refusal: ['ReceiptHandleIsInvalid', 'The input receipt handle is invalid.'] };
}

const isWhole = (seconds: number, max: number): boolean =>
  Number.isInteger(seconds) && seconds >= 0 && seconds <= max;

const tooLong: [string, string] = [
  'InvalidParameterValue',
  'Message must be shorter than 1048576 bytes.',
];

const refuse = (response: ServerResponse, type: string, message: string): void =>
  respondJson(response, 400, { __type: `com.amazonaws.sqs#${type}`, message });
