import { describe, expect, it } from 'vitest';
import { Conversation } from '../../support/wire/conversation.ts';
import { expectAgreement } from '../../support/wire/observation.ts';
import { User } from '../../support/wire/user.ts';

/** What one device did offline, as the requests that it makes when it is back. */
type Batch = (here: string, there: string) => object;

const batches: Batch[] = [
  (here) => ({ positions: [{ groupId: here, upTo: 2 }] }),
  (here, there) => ({ messageIds: [`${here}.6`, `${there}.3`, `${here}.4`, `${here}.6`] }),
  (here, there) => ({
    positions: [
      { groupId: there, upTo: 1 },
      { groupId: here, upTo: 1 },
      { groupId: here, upTo: 3 },
    ],
  }),
  (here) => ({ messageIds: [`${here}.8`, `${here}.1`] }),
];

/** Orders of the batches by index: as they were made, reversed, mixed, and with repeats. */
const orders: number[][] = [
  [0, 1, 2, 3],
  [3, 2, 1, 0],
  [2, 0, 3, 1],
  [1, 1, 3, 0, 2, 1, 0, 3, 2],
  [3, 1, 2],
];

describe('[SY3] receipts made offline', () => {
  it('arrive in batches, in any order, once or many times, with the same end', async () => {
    const [alice, ...readers] = (await User.createAll(
      'alice',
      ...orders.map((_, i) => `r${i}`),
    )) as [User, ...User[]];
    const here = await Conversation.start([alice, ...readers]);
    const there = await Conversation.start([alice, ...readers]);
    await here.sayMany(alice, 8);
    await there.sayMany(alice, 3);
    await Promise.all(
      readers.map(async (reader, i) => {
        for (const batch of orders[i] ?? []) {
          await reader.post('/me/read', batches[batch]?.(here.groupId, there.groupId) ?? {});
        }
      }),
    );
    for (const reader of readers) {
      expect(await here.status(reader)).toMatchObject({ readSeq: 4, unreadCount: 2 });
      expect(await there.status(reader)).toMatchObject({ readSeq: 1, unreadCount: 1 });
    }
    const all = orders.length + 1;
    const readCounts = async (conversation: Conversation) =>
      [...(await expectAgreement(conversation)).values()].map(({ readCount }) => readCount);
    expect(await readCounts(here)).toEqual([all, all, all, all, 1, all, 1, all]);
    expect(await readCounts(there)).toEqual([all, 1, all]);
  });

  it('all at once from several devices are one reading, whose first times stay', async () => {
    const { conversation, users } = await Conversation.among('alice', 'bob');
    const [alice, bob] = users;
    await conversation.sayMany(alice, 8);
    const send = (batch: Batch) =>
      bob.post('/me/read', batch(conversation.groupId, conversation.groupId));
    const own = batches.map((batch) => () => send(batch));
    await Promise.all([...own, ...own, ...own].map((mark) => mark()));
    expect(await conversation.status(bob)).toMatchObject({ readSeq: 4, unreadCount: 2 });
    const times = async () => {
      const lines = [1, 2, 3, 4, 5, 6, 7, 8].map((seq) => conversation.line(alice, seq, bob));
      return (await Promise.all(lines)).map(({ readAt }) => readAt);
    };
    const before = await times();
    expect(before.map((at) => at !== null)).toEqual([1, 1, 1, 1, 0, 1, 0, 1].map(Boolean));
    for (const mark of own) await mark();
    expect(await times()).toEqual(before);
  });
});
