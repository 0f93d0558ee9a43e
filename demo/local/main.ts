import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { readAwsLimits } from '@seenby/local-cloud/aws-limits.ts';
import { openListeners } from '@seenby/local-cloud/gateway/listeners.ts';
import type { InvocationLog } from '@seenby/local-cloud/lambda/functions.ts';
import { startSeenbyCloud } from './seenby-cloud.ts';
import { assemblyOf } from './synthesize-seenby.ts';

const projectDir = join(import.meta.dirname, '../..');
const isVerbose = process.argv.includes('--verbose');

/** Synthesizes the stack and runs it until Ctrl-C. */
async function main(): Promise<void> {
  const { env } = process;
  const awsLimits = readAwsLimits(process.argv);
  const httpPort = readPort('PORT', env.PORT, 3000);
  const wsPort = readPort('WS_PORT', env.WS_PORT, httpPort === 0 ? 0 : httpPort + 1);
  const stopOnSignal = createStopOnSignal();

  await checkPorts(httpPort, wsPort);
  print('Synthesizing the stack …');
  const { assemblyDir, durationMs } = await assemblyOf(projectDir);
  const seconds = `${(durationMs / 1000).toFixed(1)} s`;
  print(`${durationMs > 0 ? `Synthesized in ${seconds}` : 'Nothing has changed'}. Starting …`);

  const cloud = await startSeenbyCloud({
    assemblyDir,
    httpPort,
    wsPort,
    ...(env.DYNAMODB_ENDPOINT && { dynamoDbEndpoint: env.DYNAMODB_ENDPOINT }),
    ...(env.DATA_DIR && { dataDir: env.DATA_DIR }),
    simulatorEntry: join(projectDir, 'demo/simulator/main.ts'),
    // More at a time would only start more sandboxes, and each takes the others' processor for it.
    concurrency: Math.max(4, availableParallelism()),
    ...(awsLimits && { awsLimits }),
    logInvocation,
    logLine: print,
  });
  stopOnSignal(cloud.stop);
  if (cloud.pageUrl) print(`Open ${localhost(cloud.pageUrl)} to see it at work.`);
  print(`HTTP       ${localhost(cloud.httpUrl)}`);
  print(`WebSocket  ${localhost(cloud.wsUrl)}`);
  print(`DynamoDB   ${cloud.dynamoDbEndpoint}`);
  if (awsLimits) {
    const { requests, concurrentExecutions } = awsLimits;
    print(`Limits     ${requests.perSecond} requests a second, ${concurrentExecutions} executions`);
  }
  print(`Ready: ${cloud.functions.names().length} functions. Ctrl-C stops everything.`);
}

function readPort(name: string, text: string | undefined, fallback: number): number {
  if (text === undefined || text === '') return fallback;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new Error(`${name} is "${text}"; it must be a port from 0 to 65535.`);
}

/** Says at once that a port is taken, rather than after the synthesis. */
async function checkPorts(httpPort: number, wsPort: number): Promise<void> {
  const listeners = await openListeners({ httpPort, wsPort, reportFault: () => {} });
  await listeners.close();
}

/**
 * The first Ctrl-C stops in order, the next forces. A terminal and npm both deliver one keystroke,
 * so what follows within a second is the same one.
 */
function createStopOnSignal(): (stop: () => Promise<void>) => void {
  const repeatMs = 1000;
  let stop: (() => Promise<void>) | undefined;
  let firstMs: number | undefined;
  const onSignal = async () => {
    const nowMs = performance.now();
    if (firstMs !== undefined && nowMs - firstMs < repeatMs) return;
    if (!stop || firstMs !== undefined) process.exit(130);
    firstMs = nowMs;
    print('Stopping …');
    await stop();
    process.exit(0);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return (started) => {
    stop = started;
  };
}

const logInvocation: InvocationLog = ({ functionName, durationMs, coldStart, error, lines }) => {
  const name = functionName.replace(/[0-9A-F]{8}$/, '').padEnd(14);
  const duration = `${Math.round(durationMs)} ms`.padStart(8);
  print(`${name} ${duration}${coldStart ? ' (cold)' : ''}${error ? `  ✗ ${error}` : ''}`);
  if (isVerbose) for (const line of lines) console.log(`    ${line.trimEnd()}`);
};

function print(line: string): void {
  console.log(`${new Date().toISOString().slice(11, 23)}  ${line}`);
}

function localhost(url: string): string {
  return url.replace('127.0.0.1', 'localhost');
}

main().catch((cause: unknown) => {
  const { message, stack } = cause instanceof Error ? cause : new Error(String(cause));
  console.error(isVerbose ? stack : message);
  process.exit(1);
});
