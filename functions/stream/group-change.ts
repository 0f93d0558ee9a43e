import type { DynamoDBRecord } from 'aws-lambda';
import { groupIdIn } from '../store/dynamodb/keys.ts';

/** That something changed in a group, and when, in epoch milliseconds; DynamoDB rounds it down. */
export interface GroupChange {
  groupId: string;
  at: number;
}

export const toGroupChange = ({ dynamodb }: DynamoDBRecord): GroupChange => ({
  groupId: groupIdIn(dynamodb?.Keys?.pk?.S ?? ''),
  at: timeOf(dynamodb?.ApproximateCreationDateTime),
});

/** Lambda gives seconds; the AWS CLI, with whose help an operator may hand a record over, a text. */
function timeOf(created: unknown): number {
  const at = typeof created === 'string' ? Date.parse(created) : Number(created ?? NaN) * 1000;
  if (!Number.isFinite(at)) throw new Error('a stream record without the time of its change');
  return at;
}
