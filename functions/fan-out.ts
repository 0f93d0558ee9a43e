import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { fanOutGroups } from './fan-out/fan-out-groups.ts';
import { handleBatch } from './stream/handle-batch.ts';
import { wireFanOut } from './wiring.ts';

const fanOut = wireFanOut();

/** Pushes counts to whoever has a group open, now or when they are due. A group that fails holds up no other one. */
export const handler = (event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> =>
  handleBatch(event, (changes) => fanOutGroups(fanOut, changes));
