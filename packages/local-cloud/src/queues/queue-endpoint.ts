import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createHttpServer } from '../gateway/http/http-server.ts';
import { closeServer, listen } from '../gateway/listen.ts';
import { readBody } from '../gateway/read-body.ts';
import { respondJson } from '../gateway/respond.ts';
import type { Authorize } from '../permissions/permissions.ts';
import type { Queue } from './queue.ts';

const maxMessageBytes = 1024 * 1024;
const maxDelaySeconds = 900;

interface SendMessage {
  QueueUrl?: string;
  MessageBody?: string;
  DelaySeconds?: number;
}

/** Where functions send messages: the one call of SQS's API that a function makes. */
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
    const action = request.headers['x-amz-target'];
    if (action !== 'AmazonSQS.SendMessage') {
      return refuse(response, 'InvalidAction', `${action} is not known here`);
    }
    // The request is JSON, so that its text may be twice as long as the message in it.
    const body = await readBody(request, 2 * maxMessageBytes);
    if (body === 'tooLarge') return refuseLength(response);
    const call = JSON.parse(body.toString()) as SendMessage;
    this.#send(call, request.headers.authorization, response);
  }

  #send(call: SendMessage, authorization: string | undefined, to: ServerResponse) {
    const { QueueUrl = '', MessageBody = '', DelaySeconds = 0 } = call;
    const queue = this.#queues.find(({ settings }) => settings.url === QueueUrl);
    if (!queue) {
      return refuse(to, 'QueueDoesNotExist', 'The specified queue does not exist.');
    }
    const need = { action: 'sqs:SendMessage', resource: queue.settings.arn };
    const refusal = this.#authorize(authorization, need);
    if (refusal !== undefined) return refuse(to, 'AccessDeniedException', refusal);
    if (Buffer.byteLength(MessageBody) > maxMessageBytes) return refuseLength(to);
    if (!Number.isInteger(DelaySeconds) || DelaySeconds < 0 || DelaySeconds > maxDelaySeconds) {
      return refuse(to, 'InvalidParameterValue', 'DelaySeconds must be between 0 and 900.');
    }
    respondJson(to, 200, { MessageId: queue.send(MessageBody, DelaySeconds * 1000) });
  }
}

const refuseLength = (response: ServerResponse): void =>
  refuse(response, 'InvalidParameterValue', 'Message must be shorter than 1048576 bytes.');

const refuse = (response: ServerResponse, type: string, message: string): void =>
  respondJson(response, 400, { __type: `com.amazonaws.sqs#${type}`, message });
