import { join } from 'node:path';
import { functionEnvironment } from '../gateway/function-environment.ts';
import { InvokeEndpoint } from '../lambda/invoke-endpoint.ts';
import { Queues } from '../queues/queues.ts';
import { type AwsServices, openAwsServices } from '../services/aws-services.ts';
import { EventRules } from '../services/event-rules.ts';
import { DeadLetterQueues } from '../streams/dead-letter-queues.ts';
import { MappingSwitches } from '../streams/mapping-switches.ts';
import type { CloudOptions } from './options.ts';
import type { Stack } from './stack.ts';

/** The services that functions call, beside DynamoDB. */
export interface CalledServices {
  aws: AwsServices;
  invocations: InvokeEndpoint;
  lambdaEndpoint: string;
  queues: Queues;
  deadLetters: DeadLetterQueues;
  mappingSwitches: MappingSwitches;
  /** Where a function's clients find all of them. */
  environment: Record<string, string>;
}

/** Opens Lambda, SQS, S3, EventBridge and Secrets Manager. Their consumers come later, once there are functions. */
export async function openServices(
  { dataDir, hiddenMs }: CloudOptions,
  { template, permissions: { authorize }, clock, log, reportFault, running }: Stack,
  dynamoDb: string,
): Promise<CalledServices> {
  const invocations = new InvokeEndpoint(template, reportFault, undefined, authorize);
  const lambdaEndpoint = await invocations.open();
  running.defer(() => invocations.close());

  const deadLetters = new DeadLetterQueues(dataDir ? { dir: join(dataDir, 'dead-letters') } : {});
  const queues = new Queues(template, {
    ...{ deadLetters: deadLetters.add, clock, hiddenMs, authorize, reportFault },
    dir: dataDir && join(dataDir, 'queues'),
  });
  const queueEndpoint = await queues.open();
  running.defer(() => queues.close());

  const rules = new EventRules({
    ...{ template, log, sendDeadLetter: deadLetters.add },
    send: (queueArn, body) => queues.send(queueArn, body),
  });
  const aws = await openAwsServices({
    ...{ template, dataDir, authorize, nowMs: () => clock.nowMs(), reportFault },
    onEvent: (bus, event) => rules.deliver(bus, event),
  });
  running.defer(() => aws.close());

  const endpoints = { dynamoDb, lambda: lambdaEndpoint, queues: queueEndpoint };
  const environment = { ...functionEnvironment(endpoints), ...aws.environment };
  const mappingSwitches = new MappingSwitches();
  return { aws, invocations, lambdaEndpoint, queues, deadLetters, mappingSwitches, environment };
}
