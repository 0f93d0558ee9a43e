import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import {
  intersect,
  newestOf,
  type RangeSet,
  setOfRange,
  setOfSeqs,
} from '@seenby/core/ranges/range-set.ts';
import { describe, expect, it } from 'vitest';
import { sendMessage } from '../../../functions/messages/send-message.ts';
import { maxSeqsPerReceipt } from '../../../functions/push/recipients/push.ts';
import { fillLostSeqs } from '../../../functions/service/fill-lost-seqs.ts';
import { createService } from '../../../functions/service/service.ts';
import { authorBlockKey, groupKey } from '../../../functions/store/dynamodb/keys.ts';
import { Conversation } from '../../support/service/conversation.ts';

/** Ids of 36 characters, as UUIDs have. */
const idOf = (i: number, length = 36): string =>
  `9f1c2b7a-5d3e-4c8b-9a6f-${String(i).padStart(length - 24, '0')}`;
const usual = 'Lunch at noon? The new place at the corner has opened.';

const talkOf = (members: number, length = 36): Promise<Conversation> =>
  Conversation.open(Array.from({ length: members }, (_, i) => idOf(i, length)));

async function say(
  talk: Conversation,
  author: number,
  content = usual,
  length = 36,
): Promise<number> {
  const { groupId, service } = talk;
  talk.wait(1000);
  const clientMessageId = service.newId();
  const input = { groupId, clientMessageId, content, messageType: 'text' } as const;
  const sent = await sendMessage(service, { userId: idOf(author, length) }, input);
  if (!sent.ok) throw new Error(sent.problem.message);
  return sent.value.message.seq;
}

/** What a Lambda finds that has just been started, and what that costs. */
async function find({ opened, groupId }: Conversation, seqs?: RangeSet) {
  const { table, units, service } = opened;
  const { clock, newId, retentionDays } = service;
  const cold = createService({ table, clock, newId, retentionDays, random: () => 0.1 });
  const group = await cold.groups.get(groupId);
  if (!group) throw new Error('no group');
  const marked = newestOf(seqs ?? setOfRange(1, group.lastSeq), maxSeqsPerReceipt);
  units.reset();
  const found = await cold.authors.authorsOf(group, marked);
  const { read, roundTrips } = units;
  const senders = await cold.messages.senders(groupId, 1, group.lastSeq);
  const written = new Map<string, number[]>();
  for (const [seq, author] of senders) {
    if (author !== '') written.set(author, [...(written.get(author) ?? []), seq]);
  }
  const expected = [...written]
    .map(([author, list]) => [author, intersect(setOfSeqs(list), marked)] as const)
    .filter(([, ranges]) => ranges.length > 0);
  expect(expected.length).toBeGreaterThan(0);
  expect(new Map(found)).toEqual(new Map(expected));
  return { read, roundTrips, authors: found.size };
}

describe('finding the authors of what a mark covers costs at most 3 read units', () => {
  it('of 50 messages of 8 KB and 14 authors', async () => {
    const talk = await talkOf(14);
    for (let i = 0; i < 50; i++) await say(talk, i % 14, 'x'.repeat(8 * 1024));
    const { read, roundTrips, authors } = await find(talk);
    console.log(`Authors of 50 messages of 8 KB: ${read} read units.`);
    expect([authors, roundTrips]).toEqual([14, 1]);
    expect(read).toBeLessThanOrEqual(3);
  });

  it('of the newest 256 of 400 messages of 100 authors', async () => {
    const talk = await talkOf(100);
    for (let i = 0; i < 400; i++) await say(talk, (i * 37) % 100);
    const { read, authors } = await find(talk);
    console.log(`Authors of 256 messages of 100 authors: ${read} read units.`);
    expect(authors).toBe(100);
    expect(read).toBeLessThanOrEqual(3);
  });

  it('of the newest 8 messages none', async () => {
    const talk = await talkOf(8);
    for (let i = 0; i < 20; i++) await say(talk, i % 8);
    expect(await find(talk, setOfRange(13, 20))).toEqual({ read: 0, roundTrips: 0, authors: 8 });
  });

  it('of messages between which the reader wrote some', async () => {
    const talk = await talkOf(5);
    for (let i = 0; i < 100; i++) await say(talk, i % 5);
    const notOwn = setOfSeqs(
      Array.from({ length: 100 }, (_, i) => i + 1).filter((n) => n % 5 !== 0),
    );
    const { read } = await find(talk, notOwn);
    expect(read).toBeLessThanOrEqual(3);
  });
});

it.each([
  [36, 4, 5],
  [128, 5, 7],
])(
  'with ids of %i characters a send costs %i write units, and each eighth %i',
  async (length, usually, eighth) => {
    const talk = await talkOf(24, length);
    const { units } = talk.opened;
    const charged: number[] = [];
    for (let i = 0; i < 24; i++) {
      units.reset();
      await say(talk, i, usual, length);
      charged.push(units.write);
    }
    expect(charged.slice(8)).toEqual(
      Array.from({ length: 16 }, (_, i) => (i % 8 === 7 ? eighth : usually)),
    );
  },
);

describe('authors are found as well', () => {
  it('where the row of a block was never written', async () => {
    const talk = await talkOf(3);
    for (let i = 0; i < 40; i++) await say(talk, i % 3);
    const { documents, tableName } = talk.opened;
    await documents.send(
      new DeleteCommand({ TableName: tableName, Key: authorBlockKey(talk.groupId, 16) }),
    );
    expect((await find(talk)).authors).toBe(3);
  });

  it('in a group of before there were such rows', async () => {
    const talk = await talkOf(3);
    for (let i = 0; i < 20; i++) await say(talk, i % 3);
    const { documents, tableName } = talk.opened;
    for (const seq of [8, 16]) {
      await documents.send(
        new DeleteCommand({ TableName: tableName, Key: authorBlockKey(talk.groupId, seq) }),
      );
    }
    await documents.send(
      new UpdateCommand({
        TableName: tableName,
        Key: groupKey(talk.groupId),
        UpdateExpression: 'REMOVE a1, a2, a3, a4, a5, a6, a7',
      }),
    );
    await find(talk);
    for (let i = 0; i < 5; i++) await say(talk, i % 2);
    await find(talk);
  });

  it('of many who send at once', async () => {
    const talk = await talkOf(40);
    const sent = Array.from({ length: 200 }, (_, i) => say(talk, i % 40));
    await Promise.all(sent);
    expect((await find(talk)).authors).toBe(40);
  });

  it('but of seqs that were lost, the newest and an earlier one', async () => {
    const talk = await talkOf(3);
    const { service, groupId } = talk;
    for (let i = 0; i < 21; i++) await say(talk, i % 3);
    const lose = async () => {
      const group = await service.groups.get(groupId);
      if (!group) throw new Error('no group');
      const preview = { senderId: idOf(2), messageType: 'text', content: 'x' } as const;
      const newest = { ...preview, createdAt: talk.opened.time.now };
      const taken = await service.groups.allocateSeq(group, newest, service.newId());
      await fillLostSeqs(service, groupId, [taken?.seq ?? 0], talk.opened.time.now);
    };
    await lose();
    for (let i = 0; i < 3; i++) await say(talk, i % 2);
    await lose();
    await find(talk);
  });
});
