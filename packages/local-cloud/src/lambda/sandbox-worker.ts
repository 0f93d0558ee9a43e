import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { createLambdaConsole } from './lambda-console.ts';
import type { SandboxEvent, SandboxMessage, SandboxSettings } from './sandbox-messages.ts';

type Handler = (event: unknown, context: Record<string, unknown>) => unknown;

const settings = workerData as SandboxSettings;

const runtimeUrl = 'file:///var/runtime/index.mjs';

function send(message: SandboxMessage): void {
  parentPort?.postMessage(message);
}

// Through the same port as results, so that what an event printed is there before its result, and
// still there when the sandbox is killed.
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk: string | Uint8Array): boolean => {
    const text = typeof chunk === 'string' ? chunk : chunk.toString();
    // This module's address holds all of its code; in a stack it goes by the name it has on AWS.
    send({ type: 'printed', text: text.replaceAll(import.meta.url, runtimeUrl) });
    return true;
  };
}

let requestId: string | undefined;

Object.assign(
  console,
  createLambdaConsole({
    logFormat: process.env.AWS_LAMBDA_LOG_FORMAT,
    logLevel: process.env.AWS_LAMBDA_LOG_LEVEL,
    requestId: () => requestId,
    nowMs: () => Date.now(),
    write: (line) => void process.stdout.write(`${line}\n`),
  }),
);

/** In JSON an error is logged by itself, so that its fields are the message. */
function logError(what: string, error: unknown): void {
  if (process.env.AWS_LAMBDA_LOG_FORMAT === 'JSON') console.error(error);
  else console.error(what, error);
}

/** What Lambda makes of anything thrown. */
function describeError(error: unknown): { errorType: string; errorMessage: string } {
  return error instanceof Error
    ? { errorType: error.name, errorMessage: error.message }
    : { errorType: typeof error, errorMessage: String(error) };
}

async function loadHandler(): Promise<Handler> {
  const dot = settings.handler.lastIndexOf('.');
  const [module, name] = [settings.handler.slice(0, dot), settings.handler.slice(dot + 1)];
  const file = ['.mjs', '.js', '.cjs']
    .map((extension) => join(settings.assetDir, `${module}${extension}`))
    .find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw new StartError('Runtime.ImportModuleError', `Cannot find module '${module}'`);
  }
  const loaded = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const handler = loaded[name];
  if (typeof handler !== 'function') {
    throw new StartError(
      'Runtime.HandlerNotFound',
      `${settings.handler} is undefined or not exported`,
    );
  }
  return handler as Handler;
}

class StartError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

function contextOf({ requestId, deadlineMs }: SandboxEvent): Record<string, unknown> {
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: settings.functionName,
    functionVersion: '$LATEST',
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
    invokedFunctionArn: settings.functionArn,
    logGroupName: settings.logGroupName,
    logStreamName: settings.logStreamName,
    memoryLimitInMB: String(settings.memoryMb),
  };
}

async function handle(handler: Handler, event: SandboxEvent): Promise<void> {
  requestId = event.requestId;
  try {
    const result = await handler(JSON.parse(event.eventJson), contextOf(event));
    send({
      type: 'returned',
      requestId: event.requestId,
      resultJson: JSON.stringify(result) ?? 'null',
    });
  } catch (error) {
    logError('Invoke Error', error);
    send({ type: 'threw', requestId: event.requestId, ...describeError(error) });
  }
}

try {
  const handler = await loadHandler();
  parentPort?.on('message', (event: SandboxEvent) => void handle(handler, event));
  send({ type: 'ready' });
} catch (error) {
  logError('Uncaught Exception', error);
  send({ type: 'failedToStart', ...describeError(error) });
}
