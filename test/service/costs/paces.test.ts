import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { MemberState } from '@seenby/core/members/member.ts';
import { beforeEach, expect, it } from 'vitest';
import { listReceipts } from '../../../functions/receipts/list-receipts.ts';
import { markOneGroup } from '../../../functions/receipts/mark-messages.ts';
import { recordReceipts } from '../../../functions/receipts/record-receipts.ts';
import { Cursors } from '../../../functions/store/cursors.ts';
import { toMemberItem } from '../../../functions/store/items/member-item.ts';
import type { MemberChange } from '../../../functions/stream/member-change.ts';
import { Conversation } from '../../support/service/conversation.ts';
import { storedSize } from '../../support/service/item-size.ts';

/** As long as `recorder` gathers: `lib/seenby-stack.ts` says so. */
const recorderWindowMs = 120_000;
const groupId = 'team';
const readers = Array.from({ length: 499 }, (_, i) => `member-${String(i).padStart(5, '0')}`);

let talk: Conversation;
beforeEach(async () => {
  talk = await Conversation.open(['sender', ...readers]);
  await talk.say('sender');
});

it.each([
  ['20 a second', 50],
  ['one a second', 1000],
  ['one in seven seconds', 7200],
])(
  '[CT4] history of 499 reads of one message, %s, costs 0.15 write units and 25 bytes each, and a list has every time in between',
  async (_, gapMs) => {
    const { service, units, time } = talk.opened;
    const readAt = new Map<string, number>();
    let written = 0;
    let gathered: MemberChange[] = [];
    const record = async () => {
      units.reset();
      await recordReceipts(service, gathered);
      written += units.write;
      gathered = [];
    };
    let windowFrom = time.now;
    for (const [i, userId] of readers.entries()) {
      time.now += gapMs;
      if (time.now - windowFrom >= recorderWindowMs) {
        await record();
        windowFrom = time.now;
      }
      gathered.push(await read(userId, String(i)));
      readAt.set(userId, time.now);
      if (i % 10 === 0) expect(await timesInList()).toEqual(readAt);
    }
    await record();
    expect(await timesInList()).toEqual(readAt);
    const perReceipt = { units: written / 499, bytes: (await logBytes()) / 499 };
    console.log(`A receipt in the log: ${JSON.stringify(perReceipt)}`);
    expect(perReceipt.units).toBeLessThanOrEqual(0.15);
    expect(perReceipt.bytes).toBeLessThanOrEqual(25);
  },
);

it('[CT6] counts cost 30 read units at most while 300 of 500 mark a message every five seconds', async () => {
  const { service, table, units, time } = talk.opened;
  const rows = await service.members.ofGroup(groupId, 'strong');
  const busy = rows.slice(0, 300).map((row): MemberState => {
    // One message in five seconds, each marked by itself.
    const event = (i: number) => ({ kind: 'read' as const, at: time.now + 5000 * i + row.ordinal });
    const receiptEvents = Array.from({ length: 40 }, (_, i) => ({
      ...event(i),
      ranges: [{ from: i + 1, to: i + 1 }],
    }));
    return { ...row, read: [{ from: 1, to: 40 }], receiptEvents };
  });
  await table.putMany(busy.map((row) => toMemberItem(groupId, row)));
  units.reset();
  await service.members.ofGroup(groupId, 'strong');
  console.log(`Counts of a group of 500, 300 of whom read everything: ${units.read} read units.`);
  expect(units.read).toBeLessThanOrEqual(30);
});

/** What the stream brings of it. */
async function read(userId: string, sequenceNumber: string): Promise<MemberChange> {
  const { service } = talk;
  const before = await service.members.get(groupId, userId);
  await markOneGroup(service, { userId }, 'read', { groupId, upTo: 1 });
  const after = await service.members.get(groupId, userId);
  if (!after) throw new Error(`${userId} is no member`);
  return { groupId, before, after, sequenceNumber };
}

/** When the list says that each of the readers read the message. */
async function timesInList(): Promise<Map<string, number>> {
  const { service, opened } = talk;
  const query = { groupId, seq: 1, limit: 500, state: 'read' } as const;
  const cursors = new Cursors(opened.table);
  const listed = await listReceipts(service, cursors, { userId: 'sender' }, query);
  if (!listed.ok) throw new Error(listed.problem.message);
  const others = listed.value.members.filter(({ isSender }) => !isSender);
  return new Map(others.map(({ userId, readAt }) => [userId, readAt ?? 0]));
}

async function logBytes(): Promise<number> {
  const { documents, tableName } = talk.opened;
  let bytes = 0;
  let start: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new ScanCommand({ TableName: tableName, ...(start && { ExclusiveStartKey: start }) }),
    );
    const log = (page.Items ?? []).filter(({ pk }) => String(pk).includes('#R#'));
    bytes += log.reduce((sum, item) => sum + storedSize(item), 0);
    start = page.LastEvaluatedKey;
  } while (start);
  return bytes;
}
