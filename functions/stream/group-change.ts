import type { DynamoDBRecord } from 'aws-lambda';
import { groupIdIn } from '../store/keys.ts';

/** That something changed in a group, and when, in epoch milliseconds; DynamoDB rounds it down. */
export interface GroupChange {
  groupId: string;
  at: number;
}

export const toGroupChange = ({ dynamodb }: DynamoDBRecord): GroupChange => ({
  groupId: groupIdIn(dynamodb?.Keys?.pk?.S ?? ''),
  at: (dynamodb?.ApproximateCreationDateTime ?? 0) * 1000,
});
