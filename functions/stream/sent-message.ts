import type { DynamoDBRecord } from 'aws-lambda';
import type { Message } from '../../protocol/entities.ts';
import { groupIdIn } from '../store/keys.ts';
import { toStored } from '../store/messages.ts';
import { itemOf } from './images.ts';

export const isMessageRow = ({ dynamodb }: DynamoDBRecord): boolean =>
  dynamodb?.NewImage?.messageType !== undefined;

/** The message as it was stored; none for the tombstone of one that was lost. */
export function toSentMessages({ dynamodb }: DynamoDBRecord): Message[] {
  const row = itemOf(dynamodb?.NewImage ?? {});
  const { message, tombstone } = toStored(groupIdIn(String(row.pk)), row);
  return tombstone ? [] : [message];
}
