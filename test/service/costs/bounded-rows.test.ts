import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { describe, expect, it } from 'vitest';
import { sendMessage } from '../../../functions/messages/send-message.ts';
import { markOneGroup } from '../../../functions/receipts/mark-messages.ts';
import type { Key } from '../../../functions/store/dynamodb/keys.ts';
import { groupKey, memberKey, recalledKey } from '../../../functions/store/dynamodb/keys.ts';
import { listUnread } from '../../../functions/sync/list-unread.ts';
import { Conversation } from '../../support/service/conversation.ts';
import { itemSize } from '../../support/service/item-size.ts';

const groupId = 'team';
const maxRowBytes = 8192;

async function sizeOf({ opened }: Conversation, key: Key): Promise<number> {
  const { documents, tableName } = opened;
  const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: key }));
  return itemSize(Item ?? {});
}

/** As if so many messages had been sent: marks and recalls look at neither text nor sender. */
async function skipTo({ opened }: Conversation, lastSeq: number): Promise<void> {
  await opened.documents.send(
    new UpdateCommand({
      TableName: opened.tableName,
      Key: groupKey(groupId),
      UpdateExpression: 'SET lastSeq = :lastSeq, checkedSeq = :lastSeq',
      ExpressionAttributeValues: { ':lastSeq': lastSeq },
    }),
  );
}

const everySecond = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + 2 * i);

const markSeqs = ({ service }: Conversation, seqs: readonly number[]) =>
  markOneGroup(service, { userId: 'bob' }, 'read', { groupId, seqs: setOfSeqs(seqs) });

async function recall({ service }: Conversation, seqs: readonly number[]): Promise<void> {
  for (let i = 0; i < seqs.length; i += 100) {
    const group = await service.groups.get(groupId);
    if (group) await service.groups.addLastLost(group, seqs.slice(i, i + 100), undefined);
  }
}

describe('[CT9] rows stay below 8 KB', () => {
  it('of a member who reads every second of 100,000 messages, until the gaps are too many', async () => {
    const talk = await Conversation.open(['ann', 'bob']);
    await talk.say('ann');
    await skipTo(talk, 100_000);
    let refused = false;
    for (let from = 1; from < 100_000 && !refused; from += 4000) {
      talk.wait(60_000);
      const marked = await markSeqs(talk, everySecond(from, 2000));
      refused = !marked.ok;
      if (!marked.ok) expect(marked.problem.code).toBe('TOO_MANY');
      expect(await sizeOf(talk, memberKey(groupId, 'bob'))).toBeLessThan(maxRowBytes);
    }
    expect(refused).toBe(true);
    talk.wait(60_000);
    await talk.read('bob', 100_000);
    expect(await sizeOf(talk, memberKey(groupId, 'bob'))).toBeLessThan(maxRowBytes);
    const { groups } = await listUnread(talk.service, 'bob', 'strong');
    expect(groups).toMatchObject([{ readSeq: 100_000, unreadCount: 0 }]);
  });

  it('of a member, once what was read in gaps has expired: a mark costs what it did at first', async () => {
    const talk = await Conversation.open(['ann', 'bob'], { retentionDays: 2 });
    await talk.say('ann');
    await skipTo(talk, 20_000);
    expect((await markSeqs(talk, everySecond(2, 5000))).ok).toBe(true);
    for (let day = 0; day < 7; day++) {
      talk.until(1, '10:00');
      await talk.say('ann');
    }
    const { lastSeq = 0 } = (await talk.service.groups.get(groupId)) ?? {};
    talk.wait(60_000);
    await talk.read('bob', lastSeq - 1);
    expect(await sizeOf(talk, memberKey(groupId, 'bob'))).toBeLessThan(1024);
    talk.opened.units.reset();
    expect((await markSeqs(talk, [lastSeq])).ok).toBe(true);
    expect(talk.opened.units.write).toBe(1);
    expect(talk.opened.units.read).toBeLessThanOrEqual(2);
  });

  it('of a member who reads one message after the other, as fast as is allowed: every time is in a list before it is in the log', async () => {
    const talk = await Conversation.open(['ann', 'bob']);
    for (let seq = 1; seq <= 200; seq++) await talk.say('ann').then(() => talk.wait(600));
    const readAt = new Map<number, number>();
    for (let seq = 1; seq <= 200; seq++) {
      talk.wait(600);
      talk.opened.units.reset();
      expect((await markSeqs(talk, [seq])).ok).toBe(true);
      expect(talk.opened.units.write).toBeLessThanOrEqual(2);
      readAt.set(seq, talk.opened.time.now);
    }
    expect(await sizeOf(talk, memberKey(groupId, 'bob'))).toBeLessThan(2048);
    const row = await talk.service.members.get(groupId, 'bob');
    const times = row?.receiptEvents.flatMap(({ at, ranges }) => ranges.map((r) => [r.from, at]));
    expect(times).toEqual([...readAt]);
  });

  it.each([
    { pattern: 'every second one', step: 2, markReads: 2.5 },
    { pattern: 'in a row', step: 1, markReads: 1.5 },
  ])(
    'of a group with 10,000 recalled messages, $pattern: a send and a mark cost what they did',
    async ({ step, markReads }) => {
      const talk = await Conversation.open(['ann', 'bob']);
      await talk.say('ann');
      await skipTo(talk, 20_001);
      const recalled = Array.from({ length: 10_000 }, (_, i) => 2 + step * i);
      await recall(talk, recalled);
      expect(await sizeOf(talk, groupKey(groupId))).toBeLessThan(1024);
      expect(await sizeOf(talk, recalledKey(groupId))).toBeLessThan(4096);
      talk.opened.units.reset();
      const sent = await sendMessage(
        talk.service,
        { userId: 'ann' },
        {
          ...{ groupId, clientMessageId: 'after', content: 'hm', messageType: 'text' },
        },
      );
      expect(sent.ok).toBe(true);
      expect(talk.opened.units).toMatchObject({ write: 4 });
      expect(talk.opened.units.read).toBeLessThanOrEqual(2);
      const { groups } = await listUnread(talk.service, 'bob', 'strong');
      expect(groups).toMatchObject([{ unreadCount: 10_002 }]);
      talk.opened.units.reset();
      expect((await markSeqs(talk, [20_001])).ok).toBe(true);
      expect(talk.opened.units).toMatchObject({ write: 1, read: markReads });
      expect((await talk.service.groups.get(groupId))?.recalled).toEqual(setOfSeqs(recalled));
    },
  );

  it('loses no recalled message when many are recalled at the same moment', async () => {
    const talk = await Conversation.open(['ann', 'bob']);
    await talk.say('ann');
    await skipTo(talk, 500);
    const group = await talk.service.groups.get(groupId);
    if (!group) throw new Error('no group');
    await Promise.all(
      everySecond(2, 200).map((seq) => talk.service.groups.addRecalled(group, seq)),
    );
    const after = await talk.service.groups.get(groupId);
    expect(after?.recalled.map(({ from }) => from)).toEqual(everySecond(2, 200));
  });
});
