import { setTimeout as wait } from 'node:timers/promises';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { logFault } from './log.ts';
import { PushMemory } from './push/push-memory.ts';
import { required } from './required-environment.ts';
import { handleBatch } from './stream/handle-batch.ts';
import type { MemberChange } from './stream/member-change.ts';
import { fanOutCounts } from './use-cases/fan-out-counts.ts';
import { wire } from './wiring.ts';

const fanOut = {
  ...wire(),
  memory: new PushMemory(),
  intervalMs: Number(required('pushWindowSeconds')) * 1000,
  bigGroupIntervalMs: Number(required('bigGroupPushWindowSeconds')) * 1000,
  wait,
};
const groupsAtOnce = 10;

/** Pushes counts to whoever has a group open. A group that fails holds up no other one. */
export const handler = (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
  handleBatch(event, async (changes) => {
    const queue = byGroup(changes).entries();
    const unhandled: MemberChange[] = [];
    const lane = async () => {
      for (const [groupId, group] of queue) {
        if (!(await fanOutGroup(groupId, group))) unhandled.push(...group);
      }
    };
    await Promise.all(Array.from({ length: groupsAtOnce }, lane));
    return unhandled;
  });

async function fanOutGroup(groupId: string, changes: MemberChange[]): Promise<boolean> {
  try {
    await fanOutCounts(fanOut, groupId, changes);
    return true;
  } catch (error) {
    logFault('counts were not pushed', error, { groupId });
    return false;
  }
}

function byGroup(changes: readonly MemberChange[]): Map<string, MemberChange[]> {
  const groups = new Map<string, MemberChange[]>();
  for (const change of changes) {
    groups.set(change.groupId, [...(groups.get(change.groupId) ?? []), change]);
  }
  return groups;
}
