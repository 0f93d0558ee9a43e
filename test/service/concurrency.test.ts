import type { MemberState } from '@seenby/core/members/member.ts';
import { has, setOfRange, setOfSeqs, sizeOf } from '@seenby/core/ranges/range-set.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../demo/simulator/random.ts';
import { type SentMessage, sendMessage } from '../../functions/messages/send-message.ts';
import { listReceipts } from '../../functions/receipts/list-receipts.ts';
import type { MarkRequest } from '../../functions/receipts/mark-group.ts';
import { markOneGroup } from '../../functions/receipts/mark-messages.ts';
import { recordReceipts } from '../../functions/receipts/record-receipts.ts';
import type { Result } from '../../functions/runtime/result.ts';
import { createService, type Service } from '../../functions/service/service.ts';
import { Cursors } from '../../functions/store/cursors.ts';
import { Table } from '../../functions/store/dynamodb/table.ts';
import { fromMemberItem } from '../../functions/store/items/member-item.ts';
import { listUnread } from '../../functions/sync/list-unread.ts';
import { usually } from '../support/nightly.ts';
import { Conversation } from '../support/service/conversation.ts';
import { WatchedTable } from './model/support/watched-table.ts';

const groupId = 'team';

function granted<T>(outcome: Result<T>): T {
  if (!outcome.ok) throw new Error(outcome.problem.message);
  return outcome.value;
}

let ids = 0;

/** Waits between attempts as jittered as they are in Lambda. */
const serviceOn = (table: Table, time: { now: number }): Service =>
  createService({
    table,
    retentionDays: 30,
    clock: () => time.now,
    random: seededRandom(1),
    newId: () => `id-${++ids}`,
  });

/** The same every time, and in no order anybody would choose. */
const jumbled = <T>(all: readonly T[]): T[] =>
  all
    .map((value, i) => ({ value, place: ((i + 1) * 7919) % 10_007 }))
    .sort((a, b) => a.place - b.place)
    .map(({ value }) => value);

const sendCount = usually(300, { nightly: 1000 });

describe(`${sendCount} sends to one group from 50 connections at the same time, a third of them retried`, () => {
  const members = Array.from({ length: 50 }, (_, i) => `member-${i}`);
  const bystander = 'bystander';
  let service: Service;
  let answers: SentMessage[];

  beforeAll(async () => {
    const { opened } = await Conversation.open([...members, bystander]);
    service = serviceOn(opened.table, opened.time);
    const sends = Array.from({ length: sendCount }, (_, i) => ({
      caller: { userId: members[i % 50] as string, connectionId: `connection-${i % 50}` },
      message: {
        ...{ groupId, clientMessageId: `m-${i}`, messageType: 'text' as const },
        content: `message ${i}`,
      },
    }));
    const retries = sends.filter((_, i) => i % 3 === 0);
    const all = jumbled([...sends, ...retries]).map(({ caller, message }) =>
      sendMessage(service, caller, message),
    );
    answers = (await Promise.all(all)).map(granted);
  });

  it('[MS2] each message has one seq, whichever of its sends is asked', () => {
    const seqs = new Map<string, Set<number>>();
    for (const { message } of answers) {
      const known = seqs.get(message.clientMessageId) ?? new Set();
      seqs.set(message.clientMessageId, known.add(message.seq));
    }
    expect(seqs.size).toBe(sendCount);
    expect([...seqs.values()].filter(({ size }) => size > 1)).toEqual([]);
    expect(new Set([...seqs.values()].flatMap((set) => [...set])).size).toBe(sendCount);
  });

  it('[MS1] seqs are dense: a message each, or the tombstone of a retry that came too early', async () => {
    const group = await service.groups.get(groupId);
    const lastSeq = group?.lastSeq ?? 0;
    const stored = await service.messages.range(groupId, 1, lastSeq);
    expect(stored.map(({ message }) => message.seq)).toEqual(
      Array.from({ length: lastSeq }, (_, i) => i + 1),
    );
    const tombstones = stored.filter(({ tombstone }) => tombstone);
    // A retry takes a seq unless it finds the first send's claim: each is used once or has a tombstone.
    expect(lastSeq - tombstones.length).toBe(sendCount);
    expect(tombstones.length).toBeLessThanOrEqual(Math.ceil(sendCount / 3));
    expect(sizeOf(group?.recalled ?? [])).toBe(tombstones.length);
    expect(tombstones.filter(({ message }) => !has(group?.recalled ?? [], message.seq))).toEqual(
      [],
    );
  });

  it('[MS1][UN1] nobody has a tombstone unread', async () => {
    const { totalUnreadCount } = await listUnread(service, bystander, 'strong');
    expect(totalUnreadCount).toBe(sendCount);
    expect((await listUnread(service, members[0] as string, 'strong')).totalUnreadCount).toBe(
      sendCount - sendCount / 50,
    );
  });
});

const markCount = usually(200, { nightly: 500 });

describe(`${markCount} mark_reads of one member from 5 devices at the same time`, () => {
  const reader = 'reader';
  const lastSeq = markCount / 5;
  let service: Service;
  let cursors: Cursors;
  /** The reader's row as it was written, time after time. */
  let rows: MemberState[];
  let marked: { upTo: number; readSeq: number; changed: boolean }[];

  beforeAll(async () => {
    const { opened } = await Conversation.open(['author', reader]);
    const { documents, tableName, time } = opened;
    const plain = new Table(documents, tableName);
    const table = new WatchedTable(documents, tableName, plain);
    cursors = new Cursors(plain);
    service = serviceOn(table, time);
    for (let seq = 1; seq <= lastSeq; seq++) {
      time.now += 1000;
      const message = { clientMessageId: `m-${seq}`, content: 'Hi', messageType: 'text' as const };
      granted(await sendMessage(service, { userId: 'author' }, { groupId, ...message }));
    }
    const written: MemberState[] = [];
    table.onWrite(({ key, after }) => {
      if (key.sk === `U#${reader}` && after) written.push(fromMemberItem(after));
    });
    marked = await Promise.all(
      requests().map(async ({ connectionId, request, upTo }) => {
        time.now += 1;
        const caller = { userId: reader, connectionId };
        const answer = granted(await markOneGroup(service, caller, 'read', request));
        return { upTo, readSeq: answer.state.readSeq, changed: answer.changed };
      }),
    );
    rows = written.sort((a, b) => a.revision - b.revision);
  });

  /** Each device marks every position, and at every twelfth three messages here and there instead. */
  function requests(): { connectionId: string; request: MarkRequest; upTo: number }[] {
    const places = Array.from({ length: 5 * lastSeq }, (_, i) => ({
      connectionId: `device-${i % 5}`,
      upTo: Math.floor(i / 5) + 1,
    }));
    return jumbled(places).map(({ connectionId, upTo }, i) => {
      if (i % 12 > 0) return { connectionId, upTo, request: { groupId, upTo } };
      const seqs = setOfSeqs([upTo, upTo * 7, upTo * 13].map((seq) => (seq % lastSeq) + 1));
      return { connectionId, upTo: 0, request: { groupId, seqs } };
    });
  }

  it('[RD1][RD2] the position only moves up, and ends at the last message', async () => {
    const everything = { groupId, upTo: lastSeq };
    expect(marked).toHaveLength(markCount);
    expect(granted(await markOneGroup(service, { userId: reader }, 'read', everything))).toEqual({
      state: expect.objectContaining({ groupId, readSeq: lastSeq, unreadCount: 0 }),
      ...{ deliveredSeq: lastSeq, changed: false },
    });
    expect(rows.at(-1)?.read).toEqual(setOfRange(1, lastSeq));
    for (const [i, { read }] of rows.entries()) {
      const before = rows[i - 1]?.read ?? [];
      expect(sizeOf(read)).toBeGreaterThan(sizeOf(before));
      expect(before.every((range) => has(read, range.from) && has(read, range.to))).toBe(true);
    }
  });

  it('[RD2] exactly the marks that changed something were written', () => {
    expect(marked.filter(({ changed }) => changed)).toHaveLength(rows.length);
  });

  it('[RD6] each answer reflects its own mark', () => {
    expect(marked.filter(({ upTo, readSeq }) => readSeq < upTo)).toEqual([]);
  });

  it('[RD3] each message keeps the time of the mark that came first, in whatever order history is told', async () => {
    const changes = rows.map((after, i) => ({
      ...{ groupId, before: rows[i - 1], after },
      sequenceNumber: String(after.revision).padStart(20, '0'),
    }));
    await recordReceipts(service, jumbled(changes));
    await recordReceipts(service, changes.slice(3));
    for (let seq = 1; seq <= lastSeq; seq += 3) {
      const first = rows.find(({ read }) => has(read, seq));
      const query = { groupId, seq, state: 'read' as const };
      const list = granted(await listReceipts(service, cursors, { userId: 'author' }, query));
      const line = list.members.find(({ userId }) => userId === reader);
      expect(line?.readAt, `seq ${seq}`).toBe(first?.receiptEvents.at(-1)?.at);
    }
  });
});
