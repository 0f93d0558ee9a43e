import { Worker } from 'node:worker_threads';
import type { ConsumedUnits } from '../dynamodb/consumed-units.ts';
import { workerScript } from '../worker-script.ts';
import type {
  DynamoDbProxyMessage,
  DynamoDbProxyRequest,
  DynamoDbProxySettings,
} from './dynamodb-proxy-messages.ts';
import type { Throttled } from './metered-call.ts';
import type { GrantUse } from './permissions.ts';

export interface DynamoDbProxyThread {
  url: string;
  /** What the roles allow, and whether a call of DynamoDB needed it. */
  grantUse(): Promise<GrantUse[]>;
  /** What functions have taken since the start; nothing, unless that is counted. */
  consumed(): Promise<ConsumedUnits>;
  /** Calls back at each call that a partition carries no more. */
  onThrottled(listener: (throttled: Throttled) => void): void;
  close(): Promise<void>;
}

interface Reports {
  log: (line: string) => void;
  reportFault: (cause: unknown) => void;
}

type Type = DynamoDbProxyMessage['type'];
type Message<T extends Type> = Extract<DynamoDbProxyMessage, { type: T }>;

const closed = 'The proxy of DynamoDB has ended.';
const entry = new URL('./dynamodb-proxy-worker.ts', import.meta.url);

/**
 * Runs the proxy in a thread of its own: every call of every function goes through it, and each
 * would wait for API Gateway's work and API Gateway for its. Rejects when the thread cannot start.
 */
export async function startDynamoDbProxy(
  settings: DynamoDbProxySettings,
  { log, reportFault }: Reports,
): Promise<DynamoDbProxyThread> {
  const worker = new Worker(workerScript(entry), { workerData: settings });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const next = <T extends Type>(type: T): Promise<Message<T>> =>
    Promise.race([messageOf(worker, type), ended.then(() => Promise.reject(new Error(closed)))]);
  worker.on('message', (message: DynamoDbProxyMessage) => {
    if (message.type === 'log') log(message.line);
    if (message.type === 'fault') reportFault(message.message);
  });
  worker.on('error', reportFault);
  const ask = <T extends DynamoDbProxyRequest & Type>(what: T): Promise<Message<T>> => {
    worker.postMessage(what satisfies DynamoDbProxyRequest);
    return next(what);
  };
  const { url } = await next('open');
  return {
    url,
    grantUse: async () => (await ask('grantUse')).grants,
    consumed: async () => (await ask('consumed')).units,
    onThrottled(listener) {
      worker.on('message', (message: DynamoDbProxyMessage) => {
        if (message.type === 'throttled') listener(message.throttled);
      });
    },
    async close() {
      worker.postMessage('close' satisfies DynamoDbProxyRequest);
      await ended;
    },
  };
}

const messageOf = <T extends Type>(worker: Worker, type: T): Promise<Message<T>> =>
  new Promise((resolve) => {
    worker.on('message', function receive(message: DynamoDbProxyMessage) {
      if (message.type !== type) return;
      worker.off('message', receive);
      resolve(message as Message<T>);
    });
  });
