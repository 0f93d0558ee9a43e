import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { environmentNames } from './environment.ts';
import { eventBus } from './events/event-bus.ts';
import { toGroupChange } from './stream/group-change.ts';
import { handleBatch } from './stream/handle-batch.ts';
import { isMessageRow, toSentMessages } from './stream/sent-message.ts';
import { ActivityNotes } from './use-cases/note-activity.ts';
import { publishEvents } from './use-cases/publish-events.ts';
import { recordHistory } from './use-cases/record-history.ts';
import { wireStore } from './wiring.ts';

const { service } = wireStore();
const notes = new ActivityNotes(service.activity, service.clock);
const busName = process.env[environmentNames.eventBus];
const bus = busName === undefined ? undefined : eventBus(busName);

/**
 * Turns changes of member rows into receipt history, notes which groups are active, and tells other
 * systems. A fault fails the batch: Lambda retries it, and every part of it may be done twice.
 */
export function handler({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const members = Records.filter((record) => !isMessageRow(record));
  return handleBatch({ Records: members }, async (changes) => {
    await recordHistory(service, changes);
    await notes.note(members.map(toGroupChange));
    const sent = Records.filter(isMessageRow).flatMap(toSentMessages);
    if (bus) await publishEvents(service, bus, sent, changes);
    return [];
  });
}
