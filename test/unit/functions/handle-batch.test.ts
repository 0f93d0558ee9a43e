import { marshall } from '@aws-sdk/util-dynamodb';
import { newMember } from '@seenby/core/members/member.ts';
import type { DynamoDBRecord } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { toMemberItem } from '../../../functions/store/items/member-item.ts';
import { handleBatch } from '../../../functions/stream/handle-batch.ts';
import { toMemberChange } from '../../../functions/stream/member-change.ts';

const log = vi.spyOn(console, 'error');
beforeAll(() => log.mockImplementation(() => {}));
afterEach(() => log.mockClear());
afterAll(() => log.mockRestore());

const member = (groupId: string, SequenceNumber: string): DynamoDBRecord => {
  const row = newMember({ userId: 'ann', role: 'member', ordinal: 1, from: 1, joinedAt: 1 });
  const NewImage = marshall(toMemberItem(groupId, row)) as never;
  return { dynamodb: { NewImage, SequenceNumber } };
};
const broken: DynamoDBRecord = {
  eventID: 'broken',
  dynamodb: { SequenceNumber: '200', Keys: { pk: { S: 'G#lunch#M' }, sk: { S: 'U#ann' } } },
};

/** A batch of two groups, between them a record that cannot be read; the handling of one group may fail. */
async function play(more: { failing?: string; isReplay?: boolean; isQueueAway?: boolean } = {}) {
  const { failing, isQueueAway = false, ...event } = more;
  const setAside = vi.fn(async (records: readonly DynamoDBRecord[]) =>
    isQueueAway ? [...records] : [],
  );
  const handled: string[] = [];
  const Records = [member('lunch', '100'), broken, member('team', '300'), member('team', '400')];
  const answer = await handleBatch(
    { Records, ...event },
    { invokedFunctionArn: 'arn' },
    {
      ...{ read: toMemberChange, setAside },
      handle: async (changes) => {
        handled.push(...changes.map(({ sequenceNumber }) => sequenceNumber));
        return changes.filter(({ groupId }) => groupId === failing);
      },
    },
  );
  const failed = answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  return { setAside: setAside.mock.calls, handled, failed };
}

describe('[FA2] a record that cannot be read', () => {
  it('is set aside at once, and does not come again; those around it are handled', async () => {
    const { setAside, handled, failed } = await play();
    expect(setAside).toEqual([[[broken], 'arn']]);
    expect(handled).toEqual(['100', '300', '400']);
    expect(failed).toEqual([]);
    expect(log.mock.calls).toEqual([
      [
        expect.objectContaining({
          what: 'stream record cannot be read',
          ...{ eventId: 'broken', sequenceNumber: '200', groupId: 'lunch' },
        }),
      ],
    ]);
  });

  it('comes again where the queue did not take it', async () => {
    expect((await play({ isQueueAway: true })).failed).toEqual(['200']);
  });

  it('is refused to who replays it, and not set aside once more', async () => {
    const { setAside, failed } = await play({ isReplay: true });
    expect([setAside, failed]).toEqual([[], ['200']]);
  });
});

it('[FA2] records whose handling failed come again, and no others', async () => {
  expect((await play({ failing: 'team' })).failed).toEqual(['300', '400']);
});
