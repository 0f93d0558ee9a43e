import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { FanOut } from '../fan-out/fan-out.ts';
import { fanOutGroups } from '../fan-out/fan-out-groups.ts';
import { handleBatch } from '../stream/handle-batch.ts';

/** Pushes counts to whoever has a group open, now or when they are due. A group that fails holds up no other one. */
export function fanOutHandler(fanOut: FanOut) {
  return (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
    handleBatch(event, (changes) => fanOutGroups(fanOut, changes));
}
