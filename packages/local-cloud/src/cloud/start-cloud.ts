import { openListeners } from '../gateway/listeners.ts';
import { FrameCounts } from '../gateway/sockets/frame-counts.ts';
import { openOperatorAccess } from '../operator.ts';
import type { GrantUse } from '../permissions/permissions.ts';
import { startSchedules } from '../services/schedules.ts';
import type { DeadLetterQueues } from '../streams/dead-letter-queues.ts';
import type { Template } from '../template/template.ts';
import { openDatabase } from './database.ts';
import { startFunctions } from './functions.ts';
import { createGateways } from './gateways.ts';
import { createMonitoring } from './monitoring.ts';
import type { CloudOptions, LocalCloud } from './options.ts';
import { openPage } from './page.ts';
import { openServices } from './services.ts';
import { readStack } from './stack.ts';
import { startStreams } from './streams.ts';

/**
 * Runs the stack of a cloud assembly on this machine. Rejects with one clear sentence when the
 * template is broken, a port is taken or DynamoDB cannot start; nothing is left running then.
 */
export async function startCloud(options: CloudOptions): Promise<LocalCloud> {
  const running = new AsyncDisposableStack();
  try {
    return await start(options, running);
  } catch (cause) {
    await running.disposeAsync();
    throw cause;
  }
}

async function start(options: CloudOptions, running: AsyncDisposableStack): Promise<LocalCloud> {
  const stack = readStack(options, running);
  const { template, clock, log, reportFault, permissions } = stack;

  // The ports first: their addresses go into the functions' environment.
  const listeners = await openListeners({ ...options, reportFault });
  running.defer(() => listeners.close());
  const { httpUrl, wsUrl } = listeners;

  const database = await openDatabase(options, stack);
  const { page, rewrite } = openPage(options, stack, listeners, database);
  const services = await openServices(options, stack, database.proxy.url);
  const monitoring = createMonitoring(stack, services);
  database.proxy.onThrottled(monitoring.noteThrottled);
  const functions = startFunctions(options, stack, { rewrite, database, services, monitoring });
  const gateways = createGateways(options, stack, { functions, rewrite, monitoring });
  const operator = await openOperatorAccess({
    ...{ template, reportFault, nowMs: () => clock.nowMs(), dynamoDbEndpoint: database.endpoint },
    ...{ deadLetters: services.deadLetters, lambdaEndpoint: services.lambdaEndpoint },
    environment: services.aws.environment,
  });
  running.defer(() => operator.close());
  const streams = await startStreams(options, stack, { database, services, functions, monitoring });
  const schedules = startSchedules({ template, functions, clock, log });
  running.defer(() => schedules.stop());
  monitoring.start();
  running.defer(() => monitoring.stop());

  const localRoutes = options.localRoutes?.({ httpUrl, wsUrl }) ?? [];
  for (const routes of localRoutes) running.defer(() => routes.stop?.());
  listeners.serve({ ...gateways, page, localRoutes });

  return {
    ...{ httpUrl, wsUrl, functions, operator, dynamoDbEndpoint: database.endpoint },
    tables: database.tables,
    pageUrl: page && httpUrl,
    drained: async () => {
      await streams.drained();
      await services.invocations.drained();
      await services.queues.drained();
    },
    deadLetters: () => readDeadLetters(template, services.deadLetters),
    runSchedules: () => schedules.runNow(),
    publishedEvents: () => services.aws.published(),
    objectsDir: services.aws.objectsDir,
    secrets: services.aws.secrets,
    frames: gateways.socketApi?.frames ?? new FrameCounts(),
    consumedUnits: () => database.proxy.consumed(),
    grantUse: async () => withUse(permissions.grantUse(), await database.proxy.grantUse()),
    mails: () => monitoring.mails,
    alarmStates: () => monitoring.states(),
    graphs: (atMs) => monitoring.graphs(atMs),
    evaluateAlarms: (atMs) => monitoring.evaluate(atMs),
    stop: () => running.disposeAsync(),
  };
}

/** Two readings of the same roles. */
const withUse = (here: readonly GrantUse[], there: readonly GrantUse[]): GrantUse[] =>
  here.map((grant, i) => ({ ...grant, isUsed: grant.isUsed || there[i]?.isUsed === true }));

function readDeadLetters(
  template: Template,
  queues: DeadLetterQueues,
): Record<string, readonly unknown[]> {
  return Object.fromEntries(
    template.resources('AWS::SQS::Queue').map(({ logicalId }) => {
      const arn = String(template.resolve({ 'Fn::GetAtt': [logicalId, 'Arn'] }));
      return [logicalId, [...queues.messagesOf(arn)]];
    }),
  );
}
