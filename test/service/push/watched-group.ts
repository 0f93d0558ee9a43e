import { setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { markOneGroup } from '../../../functions/receipts/mark-messages.ts';
import { recentMs } from '../../../functions/store/count-pushes.ts';
import type { Connection } from '../../../functions/store/users/connections.ts';
import type { PushHarness } from './push-harness.ts';

/** Who is in a watched group unless a test says otherwise. */
export const names = ['ann', 'bob', 'cat', 'dan'];
let groups = 0;

/** A group of four, each with the group open, and a message of ann's. */
export async function openWatchedGroup(harness: PushHarness, more: object = {}, memberIds = names) {
  const groupId = `watched-${++groups}`;
  const talk = await harness.begin(groupId, memberIds, more);
  const connections = new Map<string, Connection>();
  for (const userId of memberIds) connections.set(userId, await harness.connect(userId, groupId));
  await talk.say('ann');
  harness.fanOut = harness.newSandbox();
  // Long enough for nothing of this to count as news.
  harness.opened.time.now += 2 * recentMs;
  const of = (userId: string): Connection => {
    const connection = connections.get(userId);
    if (!connection) throw new Error(`${userId} is not connected`);
    return connection;
  };
  const seen = (userId: string) => harness.countsTo(of(userId));
  const read = (userId: string, upTo: number) => harness.read(groupId, userId, upTo);
  const readOne = (userId: string, seq: number) =>
    harness.changesOf(groupId, () =>
      markOneGroup(harness.service, { userId }, 'read', { groupId, seqs: setOfSeqs([seq]) }),
    );
  return { groupId, talk, of, seen, read, readOne };
}

/** Counts of a range in which everything read was delivered by reading. */
export const counts = (fromSeq: number, toSeq: number, readCount: number, totalCount = 4) => ({
  ...{ fromSeq, toSeq, readCount, deliveredCount: readCount },
  ...{ unreadCount: totalCount - readCount, totalCount },
});
