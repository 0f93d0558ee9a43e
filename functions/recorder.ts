import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { eventBridge } from './events/event-bridge.ts';
import { publishEvents } from './events/publish-events.ts';
import { ActivityNotes } from './presence/note-activity.ts';
import { recordReceipts } from './receipts/record-receipts.ts';
import { environmentNames } from './runtime/environment.ts';
import { toGroupChange } from './stream/group-change.ts';
import { handleBatch } from './stream/handle-batch.ts';
import { isRemindersRow, toAddedReminders } from './stream/noted-reminders.ts';
import { isMessageRow, toSentMessages } from './stream/sent-message.ts';
import { wireStore } from './wiring.ts';

const { service } = wireStore();
const notes = new ActivityNotes(service.activity, service.clock);
const busName = process.env[environmentNames.eventBus];
const bus = busName === undefined ? undefined : eventBridge(busName);

/**
 * Turns changes of member rows into the receipt log, notes which groups are active, and publishes
 * events. A fault fails the batch: Lambda retries it, and every part of it may be done twice.
 */
export function handler({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const members = Records.filter((record) => !isMessageRow(record) && !isRemindersRow(record));
  return handleBatch({ Records: members }, async (changes) => {
    await recordReceipts(service, changes);
    await notes.note(members.map(toGroupChange));
    if (bus) {
      const sent = Records.filter(isMessageRow).flatMap(toSentMessages);
      const reminders = Records.filter(isRemindersRow).map(toAddedReminders);
      await publishEvents(service, bus, { sent, changes, reminders });
    }
    return [];
  });
}
