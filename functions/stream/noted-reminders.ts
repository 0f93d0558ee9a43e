import type { NotedReminder } from '@seenby/core/reading/reminders.ts';
import type { DynamoDBRecord } from 'aws-lambda';
import { groupIdIn, remindersKey } from '../store/dynamodb/keys.ts';
import { itemOf } from '../store/dynamodb/stream-image.ts';
import { toReminders } from '../store/messages/reminders.ts';

/** What was added to the reminders of a group, and those that stood before. */
export interface AddedReminders {
  groupId: string;
  before: readonly NotedReminder[];
  added: readonly NotedReminder[];
}

const { sk } = remindersKey('');

export const isRemindersRow = ({ dynamodb }: DynamoDBRecord): boolean =>
  dynamodb?.Keys?.sk?.S === sk;

/** A message has one reminder in five minutes. A pseudonym in the place of who reminded adds none. */
export function toAddedReminders({ dynamodb }: DynamoDBRecord): AddedReminders {
  const before = dynamodb?.OldImage ? toReminders(itemOf(dynamodb.OldImage)).reminders : [];
  const { reminders } = toReminders(itemOf(dynamodb?.NewImage ?? {}));
  const isKnown = ({ seq, at }: NotedReminder) =>
    before.some((known) => known.seq === seq && known.at === at);
  return {
    groupId: groupIdIn(dynamodb?.Keys?.pk?.S ?? ''),
    before,
    added: reminders.filter((reminder) => !isKnown(reminder)),
  };
}
