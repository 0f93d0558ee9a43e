import {
  Agent,
  createServer,
  request as forward,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { minReadUnits, unitsIn } from '@seenby/local-cloud/dynamodb/consumed-units.ts';
import { closeServer, listen } from '@seenby/local-cloud/gateway/listen.ts';
import { subjectOf, type TableRequest } from './request-subject.ts';

/** What requests of one operation and kind of item came to. */
export interface Usage {
  operation: string;
  subject: string;
  requests: number;
  readUnits: number;
  writeUnits: number;
  failedConditions: number;
  /** From the request handed on to its answer complete. */
  totalMs: number;
}

export interface MeteringProxy {
  endpoint: string;
  /** Since the last reset, table operations only: nobody is charged for reading a stream. */
  usage(): Usage[];
  reset(): void;
  stop(): Promise<void>;
}

const writes = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);
const reads = new Set(['GetItem', 'BatchGetItem', 'Query', 'Scan']);

/** What the local cloud remembers for itself, and AWS does unasked. */
const ownTable = 'local-cloud-checkpoints';

/** Stands in front of a DynamoDB and adds up what it is asked, what that costs and how long it takes. */
export async function startMeteringProxy(target: string): Promise<MeteringProxy> {
  const usage = new Map<string, Usage>();
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => {
    // A fault of the database is a broken connection to its clients: they retry.
    meter(request, response, { target, agent, usage }).catch(() => response.destroy());
  });
  // Node closes idle connections after five seconds, just when a client may be writing to one.
  server.keepAliveTimeout = 0;
  const port = await listen(server, 0, 'the port');
  return {
    endpoint: `http://127.0.0.1:${port}`,
    usage: () => [...usage.values()],
    reset: () => usage.clear(),
    async stop() {
      await closeServer(server);
      agent.destroy();
    },
  };
}

interface Around {
  target: string;
  agent: Agent;
  usage: Map<string, Usage>;
}

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

async function meter(
  request: IncomingMessage,
  response: ServerResponse,
  around: Around,
): Promise<void> {
  const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
  const original = await readAll(request);
  const asked = writes.has(operation) || reads.has(operation) ? parse(original) : undefined;
  const body = asked ? Buffer.concat([askForCapacity, original.subarray(1)]) : original;
  const startMs = performance.now();
  const answer = await handOn(request, body, around);
  if (asked && asked.TableName !== ownTable) {
    const durationMs = performance.now() - startMs;
    note(usageOf(around.usage, operation, subjectOf(asked)), asked, answer, durationMs);
  }
  response.writeHead(answer.status, answer.headers).end(answer.body);
}

/** In place of the brace that opens a request; each has fields, so a comma follows. */
const askForCapacity = Buffer.from('{"ReturnConsumedCapacity":"TOTAL",');

/** Node's own `buffer` would take longer than all the rest of the meter. */
function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.once('end', () => resolve(Buffer.concat(chunks)));
    stream.once('error', reject);
  });
}

const parse = (body: Buffer): TableRequest => JSON.parse(body.toString()) as TableRequest;

function handOn(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  { target, agent }: Around,
): Promise<Answer> {
  const options = { method, agent, headers: { ...headers, 'content-length': body.length } };
  return new Promise((resolve, reject) => {
    const onward = forward(new URL(url ?? '/', target), options, (incoming) => {
      readAll(incoming).then((answered) => {
        const { statusCode: status = 502, headers } = incoming;
        resolve({ status, headers, body: answered });
      }, reject);
    });
    onward.once('error', reject);
    onward.end(body);
  });
}

function usageOf(all: Map<string, Usage>, operation: string, subject: string): Usage {
  const name = `${operation} ${subject}`;
  const numbers = { requests: 0, readUnits: 0, writeUnits: 0, failedConditions: 0, totalMs: 0 };
  const usage = all.get(name) ?? { operation, subject, ...numbers };
  all.set(name, usage);
  return usage;
}

function note(
  usage: Usage,
  asked: TableRequest,
  { status, body }: Answer,
  durationMs: number,
): void {
  const text = body.toString();
  usage.requests += 1;
  usage.totalMs += durationMs;
  if (writes.has(usage.operation)) {
    const failed = status === 400 && text.includes('ConditionalCheckFailedException');
    if (failed) usage.failedConditions += 1;
    // AWS charges for a write that its condition forbids; DynamoDB Local does not say so.
    usage.writeUnits += failed ? 1 : unitsIn(text);
  } else {
    usage.readUnits += Math.max(unitsIn(text), minReadUnits(asked));
  }
}
