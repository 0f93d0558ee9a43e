import { marshall } from '@aws-sdk/util-dynamodb';
import { newMember } from '@seenby/core/members/member.ts';
import type { DynamoDBRecord } from 'aws-lambda';
import { expect, it, vi } from 'vitest';
import { toMemberItem } from '../../../functions/store/items/member-item.ts';
import { handleBatch } from '../../../functions/stream/handle-batch.ts';

const member = (groupId: string, SequenceNumber: string): DynamoDBRecord => {
  const row = newMember({ userId: 'ann', role: 'member', ordinal: 1, from: 1, joinedAt: 1 });
  const NewImage = marshall(toMemberItem(groupId, row)) as never;
  return { dynamodb: { NewImage, SequenceNumber } };
};

it('[FA2] the records of what failed, and those that cannot be read, are to come again, and no others', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const Records = [
    member('lunch', '100'),
    { eventID: 'broken', dynamodb: { SequenceNumber: '200' } },
    member('team', '300'),
    member('team', '400'),
  ];
  const answer = await handleBatch({ Records }, async (changes) =>
    changes.filter(({ groupId }) => groupId === 'team'),
  );
  expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort()).toEqual([
    '200',
    '300',
    '400',
  ]);
  expect(log).toHaveBeenCalledOnce();
  log.mockRestore();
});
