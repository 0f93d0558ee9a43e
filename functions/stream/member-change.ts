import type { MemberState } from '@seenby/core/members/member.ts';
import type { DynamoDBRecord } from 'aws-lambda';
import { parseMemberKey } from '../store/dynamodb/keys.ts';
import { itemOf } from '../store/dynamodb/stream-image.ts';
import { fromMemberItem } from '../store/items/member-item.ts';

/** A member row as it was and as it is. */
export interface MemberChange {
  groupId: string;
  before: MemberState | undefined;
  after: MemberState;
  sequenceNumber: string;
}

/** @throws when the record is not of a member row, or its row cannot be read. */
export function toMemberChange({ dynamodb }: DynamoDBRecord): MemberChange {
  if (!dynamodb?.NewImage) throw new Error('a stream record without the row as it is');
  const row = itemOf(dynamodb.NewImage);
  return {
    groupId: parseMemberKey(row as { pk: string; sk: string }).groupId,
    before: dynamodb.OldImage && fromMemberItem(itemOf(dynamodb.OldImage)),
    after: fromMemberItem(row),
    sequenceNumber: dynamodb.SequenceNumber ?? '',
  };
}
