import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { EventBus } from '../events/event-bus.ts';
import { publishEvents } from '../events/publish-events.ts';
import { ActivityNotes } from '../presence/note-activity.ts';
import { recordReceipts } from '../receipts/record-receipts.ts';
import type { Service } from '../service/service.ts';
import { toGroupChange } from '../stream/group-change.ts';
import { handleBatch } from '../stream/handle-batch.ts';
import { isRemindersRow, toAddedReminders } from '../stream/noted-reminders.ts';
import { isMessageRow, toSentMessages } from '../stream/sent-message.ts';

export interface RecorderParts {
  service: Service;
  /** None unless events are on. */
  bus: EventBus | undefined;
}

/**
 * Turns changes of member rows into the receipt log, notes which groups are active, and publishes
 * events. A fault fails the batch: Lambda retries it, and every part of it may be done twice.
 */
export function recorderHandler({ service, bus }: RecorderParts) {
  const notes = new ActivityNotes(service.activity, service.clock);
  return ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
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
  };
}
