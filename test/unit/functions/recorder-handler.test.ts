import { marshall } from '@aws-sdk/util-dynamodb';
import { newMember } from '@seenby/core/members/member.ts';
import type { DynamoDBRecord } from 'aws-lambda';
import { expect, it, vi } from 'vitest';
import { recorderHandler } from '../../../functions/handlers/recorder-handler.ts';
import type { Service } from '../../../functions/service/service.ts';
import { toMemberItem } from '../../../functions/store/items/member-item.ts';
import type { GroupChange } from '../../../functions/stream/group-change.ts';

const member = newMember({ userId: 'ann', role: 'member', ordinal: 1, from: 1, joinedAt: 1 });
const rowOf = (groupId: string, eventID: string, createdAt?: number): DynamoDBRecord => {
  const NewImage = marshall(toMemberItem(groupId, member)) as never;
  const Keys = { pk: { S: `G#${groupId}#M` }, sk: { S: 'U#ann' } };
  const time = createdAt === undefined ? {} : { ApproximateCreationDateTime: createdAt };
  return { eventID, dynamodb: { Keys, NewImage, ...time } };
};

it('[FA2] a record of any kind that cannot be read holds up no other of the recorder', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {});
  const note = vi.fn(async (_groups: readonly Pick<GroupChange, 'groupId'>[]) => {});
  const setAside = vi.fn(async () => []);
  const service = { activity: { note }, receiptLog: { record: async () => {} }, clock: () => 1 };
  const handler = recorderHandler({
    service: service as never as Service,
    bus: undefined,
    setAside,
  });
  const Records: DynamoDBRecord[] = [
    {
      eventID: 'message',
      dynamodb: {
        NewImage: { messageType: { S: 'text' }, pk: { S: 'G#lunch#S#0' }, metadata: { S: '{' } },
      },
    },
    { eventID: 'reminders', dynamodb: { Keys: { sk: { S: 'REMINDERS' } } } },
    rowOf('lunch', 'without a time'),
    rowOf('team', 'whole', 1_795_318_460),
  ];
  const answer = await handler({ Records }, { invokedFunctionArn: 'arn' });
  expect(answer.batchItemFailures).toEqual([]);
  expect(setAside.mock.calls).toEqual([[Records.slice(0, 3), 'arn']]);
  expect(note.mock.calls[0]?.[0].map(({ groupId }) => groupId)).toEqual(['team']);
  log.mockRestore();
});
