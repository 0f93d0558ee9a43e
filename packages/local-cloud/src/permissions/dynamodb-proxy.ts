import { Agent, request as callHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { createHttpServer } from '../gateway/http/http-server.ts';
import { closeServer, listen } from '../gateway/listen.ts';
import { readBody } from '../gateway/read-body.ts';
import { operatorKey } from './access-key.ts';
import { needsOf } from './dynamodb-needs.ts';
import type { KnownTable } from './key-schemas.ts';
import { MeteredCall, type Meters, type Throttled } from './metered-call.ts';
import type { Authorize } from './permissions.ts';

/** Larger than the 16 MB that DynamoDB itself takes. */
const maxBytes = 17 * 1024 * 1024;

interface ProxyOptions extends Meters {
  dynamoDbEndpoint: string;
  tables: ReadonlyMap<string, KnownTable>;
  authorize: Authorize;
  /** Told of each call that a partition carries no more. */
  noteThrottled?: (throttled: Throttled) => void;
  reportFault: (cause: unknown) => void;
}

/**
 * DynamoDB as functions reach it: what their roles do not allow is refused, the rest goes on to the
 * database under the key whose tables they are.
 */
export async function openDynamoDbProxy(
  options: ProxyOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(options.dynamoDbEndpoint);
  const server = createHttpServer(async (request, response) => {
    const body = await readBody(request, maxBytes);
    if (body === 'tooLarge') {
      return refuse(response, { type: 'ValidationException', message: 'Request too large' });
    }
    const admitted = admit(request, body, options);
    if ('type' in admitted) return refuse(response, admitted);
    forward({ hostname, port, agent }, request, response, admitted);
  }, options.reportFault);
  const url = `http://127.0.0.1:${await listen(server, 0, 'the port of DynamoDB')}`;
  return {
    url,
    async close() {
      await closeServer(server);
      agent.destroy();
    },
  };
}

interface Refusal {
  type: string;
  message: string;
  ThrottlingReasons?: object[];
}

interface Admitted {
  body: Buffer;
  answered: (status: number, answer: Buffer) => void;
}

function admit(
  { headers }: IncomingMessage,
  body: Buffer,
  { authorize, tables, limits, consumed, noteThrottled = () => {} }: ProxyOptions,
): Refusal | Admitted {
  const operation = String(headers['x-amz-target']).split('.')[1] ?? '';
  const call = JSON.parse(body.toString() || '{}') as object;
  const needs = needsOf(operation, call, tables);
  const message = authorize(headers.authorization, ...needs);
  if (message !== undefined) return { type: 'AccessDeniedException', message };
  if (!limits && !consumed) return { body, answered: () => {} };
  const metered = new MeteredCall({ limits, consumed }, operation, call, needs);
  const refusal = metered.refusal(noteThrottled);
  if (refusal) return refusal;
  return {
    body: metered.body(),
    answered: (status, answer) => metered.answered(status, answer),
  };
}

function forward(
  database: { hostname: string; port: string; agent: Agent },
  { method, url, headers }: IncomingMessage,
  response: ServerResponse,
  { body, answered }: Admitted,
): void {
  const sent = {
    ...headers,
    authorization: headers.authorization?.replace(
      /Credential=[^/]+\//,
      `Credential=${operatorKey}/`,
    ),
    'content-length': body.length,
  };
  const call = callHttp({ ...database, method, path: url, headers: sent }, (answer) => {
    // In one piece: a pipe would take a packet for the headers and another for the body.
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.once('error', () => response.destroy());
    answer.once('end', () => {
      const whole = Buffer.concat(chunks);
      answered(answer.statusCode ?? 500, whole);
      response.writeHead(answer.statusCode ?? 500, answer.headers).end(whole);
    });
  });
  // The function sees what it would have seen of the database.
  call.on('error', () => response.destroy());
  response.on('close', () => {
    if (!response.writableFinished) call.destroy();
  });
  call.end(body);
}

const refuse = (response: ServerResponse, { type, ...rest }: Refusal): void => {
  response.writeHead(400, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify({ __type: `com.amazon.coral.service#${type}`, ...rest }));
};
