import type { DynamoDBBatchResponse, DynamoDBRecord } from 'aws-lambda';
import type { EventBus } from '../events/event-bus.ts';
import { type Happened, publishEvents } from '../events/publish-events.ts';
import { ActivityNotes } from '../presence/note-activity.ts';
import { recordReceipts } from '../receipts/record-receipts.ts';
import type { SetAside } from '../runtime/dead-letters.ts';
import type { Service } from '../service/service.ts';
import { type GroupChange, toGroupChange } from '../stream/group-change.ts';
import { handleBatch, type InvokedAs, type StreamBatch } from '../stream/handle-batch.ts';
import { toMemberChange } from '../stream/member-change.ts';
import { isRemindersRow, toAddedReminders } from '../stream/noted-reminders.ts';
import { isMessageRow, toSentMessages } from '../stream/sent-message.ts';

export interface RecorderParts {
  service: Service;
  /** None unless events are on. */
  bus: EventBus | undefined;
  setAside: SetAside;
}

interface RecordSays extends Happened {
  active: readonly GroupChange[];
}

/**
 * Turns changes of member rows into the receipt log, notes which groups are active, and publishes
 * events. A fault fails the batch: Lambda retries it, and every part of it may be done twice.
 */
export function recorderHandler({ service, bus, setAside }: RecorderParts) {
  const notes = new ActivityNotes(service.activity, service.clock);
  const handle = async (records: readonly RecordSays[]) => {
    const changes = records.flatMap((record) => record.changes);
    await recordReceipts(service, changes);
    await notes.note(records.flatMap(({ active }) => active));
    if (bus) {
      const sent = records.flatMap((record) => record.sent);
      const reminders = records.flatMap((record) => record.reminders);
      await publishEvents(service, bus, { sent, changes, reminders });
    }
    return [];
  };
  return (batch: StreamBatch, invokedAs: InvokedAs): Promise<DynamoDBBatchResponse> =>
    handleBatch(batch, invokedAs, { read: readRecord, handle, setAside });
}

function readRecord(record: DynamoDBRecord): RecordSays {
  const nothing = { sent: [], changes: [], reminders: [], active: [] };
  if (isMessageRow(record)) return { ...nothing, sent: toSentMessages(record) };
  if (isRemindersRow(record)) return { ...nothing, reminders: [toAddedReminders(record)] };
  return { ...nothing, changes: [toMemberChange(record)], active: [toGroupChange(record)] };
}
