import type { ReceiptLine } from '@seenby/protocol/entities.ts';
import { expect, it } from 'vitest';
import { listReceipts } from '../../functions/receipts/list-receipts.ts';
import { markOneGroup } from '../../functions/receipts/mark-messages.ts';
import { recordReceipts } from '../../functions/receipts/record-receipts.ts';
import { Cursors } from '../../functions/store/cursors.ts';
import { Conversation } from '../support/service/conversation.ts';

const memberIds = Array.from({ length: 5000 }, (_, i) => `member-${String(i).padStart(4, '0')}`);
const [author = '', ...others] = memberIds;
/** Readers of each message; marking takes its time. */
const readers = others.filter((_, i) => i % 50 === 0);
/** Days between one message and the next: four weeks in all. */
const pauses = [1, 27];

/** Everyone of the list, page by page, and the read units of each page. */
async function listAll(talk: Conversation, cursors: Cursors, seq: number) {
  const { service, opened, groupId } = talk;
  const lines: ReceiptLine[] = [];
  const units: number[] = [];
  let cursor: string | undefined;
  do {
    opened.units.reset();
    const query = { groupId, seq, limit: 500, cursor };
    const page = await listReceipts(service, cursors, { userId: author }, query);
    if (!page.ok) throw new Error(page.problem.message);
    const { readCount, unreadCount, totalCount } = page.value;
    expect([readCount, unreadCount, totalCount]).toEqual([
      1 + readers.length,
      others.length - readers.length,
      5000,
    ]);
    lines.push(...page.value.members);
    units.push(opened.units.read);
    cursor = page.value.next ?? undefined;
  } while (cursor);
  return { lines, units };
}

it('[CT7] a list of a group of 5,000 has everyone once, with their times, four weeks later as well', async () => {
  const talk = await Conversation.open(memberIds);
  const { service, opened, groupId } = talk;
  const rows = () => service.members.getMany(groupId, readers);
  const readAt = new Map<string, number>();
  const old = await talk.say(author);
  readAt.set(author, opened.time.now);
  await readAll();
  // Of what is read later on, the rows remember only the newest.
  const timesOfOld = new Map(readAt);
  for (const days of pauses) {
    talk.until(days, '09:00');
    await talk.say(author);
    await readAll();
  }
  talk.until(0, '12:00');

  const { lines, units } = await listAll(talk, new Cursors(opened.table), old);
  expect(lines.map(({ userId }) => userId)).toEqual(memberIds);
  for (const { userId, readAt } of lines) {
    expect([userId, readAt]).toEqual([userId, timesOfOld.get(userId) ?? null]);
  }
  expect(units).toHaveLength(10);
  console.log(`A page of 500 of a list of 5,000: ${Math.max(...units)} read units.`);
  // The rows of all are read for each page, since each has the counts.
  expect(Math.max(...units)).toBeLessThanOrEqual(300);

  /** As the stream brings it: a thousand changes at a time. */
  async function readAll(): Promise<void> {
    const before = await rows();
    const { lastSeq = 0 } = (await service.groups.get(groupId)) ?? {};
    const marks = readers.map((userId) => {
      talk.wait(1);
      readAt.set(userId, opened.time.now);
      return markOneGroup(service, { userId }, 'read', { groupId, upTo: lastSeq });
    });
    await Promise.all(marks);
    const after = await rows();
    const changes = after.flatMap((row, i) =>
      row ? [{ groupId, before: before[i], after: row, sequenceNumber: String(i) }] : [],
    );
    await recordReceipts(service, changes);
  }
});
