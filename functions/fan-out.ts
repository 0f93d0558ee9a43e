import { setTimeout as wait } from 'node:timers/promises';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { fanOutGroups } from './fan-out/fan-out-groups.ts';
import { PushMemory } from './fan-out/push-memory.ts';
import { required } from './runtime/required-environment.ts';
import { handleBatch } from './stream/handle-batch.ts';
import { wire } from './wiring.ts';

const fanOut = {
  ...wire(),
  memory: new PushMemory(),
  intervalMs: Number(required('pushWindowSeconds')) * 1000,
  bigGroupIntervalMs: Number(required('bigGroupPushWindowSeconds')) * 1000,
  wait,
};
/** Keeps the processor busy; more only makes each of them wait for the others. See docs/benchmarks.md. */
const maxConcurrentGroups = 30;

/** Pushes counts to whoever has a group open. A group that fails holds up no other one. */
export const handler = (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
  handleBatch(event, (changes) => fanOutGroups(fanOut, changes, maxConcurrentGroups));
