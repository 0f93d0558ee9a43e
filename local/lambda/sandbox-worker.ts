import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import type { SandboxEvent, SandboxMessage, SandboxSettings } from './sandbox-messages.ts';

type Handler = (event: unknown, context: Record<string, unknown>) => unknown;

const settings = workerData as SandboxSettings;

function send(message: SandboxMessage): void {
  parentPort?.postMessage(message);
}

// Through the same port as results, so that what an event printed is there before its result, and
// still there when the sandbox is killed.
for (const stream of [process.stdout, process.stderr]) {
  stream.write = (chunk: string | Uint8Array): boolean => {
    send({ type: 'printed', text: typeof chunk === 'string' ? chunk : chunk.toString() });
    return true;
  };
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
  const { requestId } = event;
  try {
    const result = await handler(JSON.parse(event.eventJson), contextOf(event));
    send({ type: 'returned', requestId, resultJson: JSON.stringify(result) ?? 'null' });
  } catch (error) {
    console.error(`Invoke Error ${inspect(error)}`);
    send({ type: 'threw', requestId, ...describeError(error) });
  }
}

try {
  const handler = await loadHandler();
  parentPort?.on('message', (event: SandboxEvent) => void handle(handler, event));
  send({ type: 'ready' });
} catch (error) {
  console.error(inspect(error));
  send({ type: 'failedToStart', ...describeError(error) });
}
