import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { readAwsLimits } from '@seenby/local-cloud/aws-limits.ts';
import { openListeners } from '@seenby/local-cloud/gateway/listeners.ts';
import { faultLinesOf, linesOf } from './invocation-lines.ts';
import { startSeenbyCloud } from './seenby-cloud.ts';
import { assemblyOf } from './synthesize-seenby.ts';
import { signWith, webhookSettings } from './webhook.ts';

const projectDir = join(import.meta.dirname, '../..');
const isVerbose = process.argv.includes('--verbose');

/** Synthesizes the stack and runs it until Ctrl-C. Prints five lines, and then faults; with --verbose everything. */
async function main(): Promise<void> {
  const { env } = process;
  const awsLimits = readAwsLimits(process.argv);
  const httpPort = readPort('PORT', env.PORT, 3000);
  const wsPort = readPort('WS_PORT', env.WS_PORT, httpPort === 0 ? 0 : httpPort + 1);
  const stopOnSignal = createStopOnSignal();

  await checkPorts(httpPort, wsPort);
  console.log('Starting Seenby …');
  const { assemblyDir, durationMs } = await assemblyOf(
    projectDir,
    webhookSettings(env.WEBHOOK_URL),
  );
  const seconds = `${(durationMs / 1000).toFixed(1)} s`;
  note(durationMs > 0 ? `Synthesized in ${seconds}` : 'Nothing has changed since the last start');

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
    logInvocation: (entry) => (isVerbose ? linesOf(entry) : faultLinesOf(entry)).forEach(print),
    logLine: print,
    noteLine: note,
  });
  stopOnSignal(cloud.stop);
  console.log(`${cloud.pageUrl ? 'Page and HTTP ' : 'HTTP          '} ${localhost(cloud.httpUrl)}`);
  console.log(`WebSocket      ${localhost(cloud.wsUrl)}`);
  console.log(`DynamoDB       ${cloud.dynamoDbEndpoint}`);
  const secret = signWith(env.WEBHOOK_SECRET, cloud, assemblyDir);
  if (secret) console.log(`Webhook        ${env.WEBHOOK_URL}, signed with ${secret}`);
  if (awsLimits) {
    const { requests, concurrentExecutions } = awsLimits;
    note(`Limits: ${requests.perSecond} requests a second, ${concurrentExecutions} executions`);
  }
  console.log('Ready. What goes wrong is printed here. Ctrl-C stops everything.');
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
    note('Stopping …');
    await stop();
    process.exit(0);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return (started) => {
    stop = started;
  };
}

/** What is no fault. */
function note(line: string): void {
  if (isVerbose) print(line);
}

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
