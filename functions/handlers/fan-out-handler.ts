import type { DynamoDBBatchResponse } from 'aws-lambda';
import type { FanOut } from '../fan-out/fan-out.ts';
import { fanOutGroups } from '../fan-out/fan-out-groups.ts';
import type { SetAside } from '../runtime/dead-letters.ts';
import { handleBatch, type InvokedAs, type StreamBatch } from '../stream/handle-batch.ts';
import { type MemberChange, toMemberChange } from '../stream/member-change.ts';

/** Pushes counts to whoever has a group open, now or when they are due. A group that fails holds up no other one. */
export function fanOutHandler(fanOut: FanOut, setAside: SetAside) {
  return (batch: StreamBatch, invokedAs: InvokedAs): Promise<DynamoDBBatchResponse> => {
    const handle = async (changes: readonly MemberChange[]) => {
      const unhandled = await fanOutGroups(fanOut, changes);
      noteLate(fanOut, batch, changes);
      return unhandled;
    };
    return handleBatch(batch, invokedAs, { read: toMemberChange, handle, setAside });
  };
}

/** The stream says to the second when something was written. */
const accuracyMs = 1000;

/** Counts that come late are late for all who were last pushed those of their group. */
function noteLate(
  { usage, memory }: FanOut,
  { Records }: StreamBatch,
  changes: readonly MemberChange[],
): void {
  const seconds = Records.map(({ dynamodb }) => dynamodb?.ApproximateCreationDateTime ?? 0);
  const writtenAt = Math.max(...seconds) * 1000;
  for (const groupId of new Set(changes.map((change) => change.groupId))) {
    usage.addIfLate(memory.of(groupId).watchers, writtenAt + accuracyMs);
  }
}
