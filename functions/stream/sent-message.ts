import type { Message } from '@seenby/protocol/entities.ts';
import type { DynamoDBRecord } from 'aws-lambda';
import { groupIdIn } from '../store/dynamodb/keys.ts';
import { itemOf } from '../store/dynamodb/stream-image.ts';
import { toStored } from '../store/messages/messages.ts';

export const isMessageRow = ({ dynamodb }: DynamoDBRecord): boolean =>
  dynamodb?.NewImage?.messageType !== undefined;

/** The message as it was stored; none for the tombstone of one that was lost. */
export function toSentMessages({ dynamodb }: DynamoDBRecord): Message[] {
  const row = itemOf(dynamodb?.NewImage ?? {});
  const { message, tombstone } = toStored(groupIdIn(String(row.pk)), row);
  return tombstone ? [] : [message];
}
