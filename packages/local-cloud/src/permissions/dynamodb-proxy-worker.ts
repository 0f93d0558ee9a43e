import { parentPort, workerData } from 'node:worker_threads';
import { systemClock } from '../clock.ts';
import { PartitionLimits } from '../dynamodb/partition-limits.ts';
import { Template } from '../template/template.ts';
import { openDynamoDbProxy } from './dynamodb-proxy.ts';
import type {
  DynamoDbProxyMessage,
  DynamoDbProxyRequest,
  DynamoDbProxySettings,
} from './dynamodb-proxy-messages.ts';
import { Permissions } from './permissions.ts';

const { assemblyDir, partition, countsUnits, ...settings } = workerData as DynamoDbProxySettings;

const send = (message: DynamoDbProxyMessage): void => parentPort?.postMessage(message);

const consumed = { readUnits: 0, writeUnits: 0 };
const permissions = new Permissions(Template.read(assemblyDir), (line) =>
  send({ type: 'log', line }),
);
const proxy = await openDynamoDbProxy({
  ...settings,
  authorize: permissions.authorize,
  limits: partition && new PartitionLimits(partition, systemClock),
  consumed: countsUnits ? consumed : undefined,
  noteThrottled: (throttled) => send({ type: 'throttled', throttled }),
  reportFault: (cause) => send({ type: 'fault', message: String(cause) }),
});

parentPort?.on('message', async (request: DynamoDbProxyRequest) => {
  if (request === 'grantUse') return send({ type: 'grantUse', grants: permissions.grantUse() });
  if (request === 'consumed') return send({ type: 'consumed', units: consumed });
  await proxy.close();
  parentPort?.close();
});
send({ type: 'open', url: proxy.url });
