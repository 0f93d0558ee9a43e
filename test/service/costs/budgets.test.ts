import { ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { MemberState } from '@seenby/core/members/member.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { createGroup } from '../../../functions/groups/create-group.ts';
import { changeRole } from '../../../functions/members/change-role.ts';
import { sendMessage } from '../../../functions/messages/send-message.ts';
import { RecipientResolver } from '../../../functions/push/recipients/recipient-resolver.ts';
import { countReceipts } from '../../../functions/receipts/count-receipts.ts';
import { listReceipts } from '../../../functions/receipts/list-receipts.ts';
import { markOneGroup } from '../../../functions/receipts/mark-messages.ts';
import { markPlayed } from '../../../functions/receipts/mark-played.ts';
import { recordReceipts } from '../../../functions/receipts/record-receipts.ts';
import type { Caller } from '../../../functions/service/service.ts';
import { Cursors } from '../../../functions/store/cursors.ts';
import { groupKey, membersPartition } from '../../../functions/store/dynamodb/keys.ts';
import { listUnread } from '../../../functions/sync/list-unread.ts';
import { itemSize, storedSize } from '../../support/service/item-size.ts';
import { type OpenedService, openService } from '../../support/service/open-service.ts';

const memberIds = Array.from({ length: 500 }, (_, i) => `member-${String(i).padStart(5, '0')}`);
const groupId = 'team-of-500x';
const sender: Caller = { userId: 'member-00000' };
const reader: Caller = { userId: 'member-00001' };

/** A message as people write them, in a group of 500 with ids of twelve characters. */
describe('what the usual calls cost in a group of 500', () => {
  let opened: OpenedService;
  let sent = 0;

  const send = (by = sender) =>
    sendMessage(opened.service, by, {
      groupId,
      clientMessageId: `client-${++sent}`,
      content: 'Lunch at noon? The new place at the corner has opened.',
      messageType: 'text',
    });

  beforeAll(async () => {
    opened = await openService();
    const group = {
      groupId,
      name: 'Team',
      memberIds,
      kind: 'group',
      visibility: 'members',
    } as const;
    const made = { ...group, tracking: 'receipts', historyForNewMembers: 100 } as const;
    expect((await createGroup(opened.service, sender, made)).ok).toBe(true);
    expect((await send()).ok).toBe(true);
  });

  it('a send costs 4 write units and 2 read units at most', async () => {
    opened.units.reset();
    expect((await send()).ok).toBe(true);
    expect(opened.units.write).toBe(4);
    expect(opened.units.read).toBeLessThanOrEqual(2);
  });

  it('a mark_read of the newest message costs 1 write unit, and with its pushes 3 read units', async () => {
    opened.time.now += 60_000;
    const upTo = (await opened.service.groups.get(groupId))?.lastSeq ?? 0;
    await markOneGroup(opened.service, reader, 'read', { groupId, upTo: upTo - 1 });
    opened.units.reset();
    const marked = await markOneGroup(opened.service, reader, 'read', { groupId, upTo });
    if (!marked.ok) throw new Error(marked.problem.message);
    expect(marked.value).toMatchObject({ changed: true, state: { readSeq: upTo } });
    expect(opened.units).toMatchObject({ write: 1, read: 1.5, roundTrips: 2 });
    await new RecipientResolver(opened.service).resolve(marked.pushes);
    expect(opened.units).toMatchObject({ write: 1, read: 3, roundTrips: 3 });
  });

  it('[RD2] a mark_read that changes nothing writes nothing', async () => {
    opened.units.reset();
    const marked = await markOneGroup(opened.service, reader, 'read', { groupId, upTo: 1 });
    expect(marked).toMatchObject({ ok: true, value: { changed: false } });
    expect(opened.units).toMatchObject({ write: 0, read: 2.5 });
  });

  it('a mark_read that catches up on 50 messages of 14 authors reads half a unit to find them, and 1 for each', async () => {
    const authors = memberIds.slice(2, 16);
    // Those before are of a fifteenth.
    for (let i = 0; i < 50; i++) await send({ userId: authors[i % 14] ?? '' });
    opened.time.now += 60_000;
    const { service } = opened;
    const upTo = (await service.groups.get(groupId))?.lastSeq ?? 0;
    opened.units.reset();
    const marked = await markOneGroup(service, { userId: 'member-00020' }, 'read', {
      groupId,
      upTo,
    });
    if (!marked.ok) throw new Error(marked.problem.message);
    await new RecipientResolver(service).resolve(marked.pushes);
    console.log(`A catch-up on 50 messages of 14 authors: ${opened.units.read} read units.`);
    expect(opened.units).toMatchObject({ write: 1, roundTrips: 4 });
    expect(opened.units.read).toBeLessThanOrEqual(1.5 + 0.5 + 0.5 + 15);
  });

  it('a mark_played reads the membership once, and the message', async () => {
    const voice = { groupId, clientMessageId: `client-${++sent}`, content: 'https://voice.test/1' };
    const message = { ...voice, messageType: 'voice' } as const;
    const stored = await sendMessage(opened.service, sender, message);
    if (!stored.ok) throw new Error('the message was not stored');
    opened.units.reset();
    const played = await markPlayed(opened.service, reader, stored.value.message.messageId);
    expect(played).toMatchObject({ ok: true, value: { changed: true } });
    expect(opened.units.write).toBe(1);
    expect(opened.units.read).toBe(3);
  });

  it("a change of a role reads the caller's membership and the other member's row once", async () => {
    opened.units.reset();
    const change = { groupId, userId: 'member-00002', role: 'admin' } as const;
    expect((await changeRole(opened.service, sender, change)).ok).toBe(true);
    expect(opened.units.read).toBe(3);
  });

  it('a mark_read of 1,000 messages costs 1 write unit as well', async () => {
    await setLastSeq(1000);
    opened.units.reset();
    const marked = await markOneGroup(opened.service, reader, 'read', { groupId, upTo: 1000 });
    expect(marked).toMatchObject({
      ok: true,
      value: { state: { readSeq: 1000, unreadCount: 0 } },
    });
    expect(opened.units.write).toBe(1);
  });

  it.each([
    [1001, 1001],
    [1, 1002],
  ])(
    'history costs 0.1 write units a reader at most when 500 read %i messages within a batch',
    async (messages, upTo) => {
      const changes = await everyoneReads(upTo);
      opened.units.reset();
      await recordReceipts(opened.service, changes);
      console.log(`History of 500 reading ${messages}: ${opened.units.write} write units.`);
      expect(opened.units.write / changes.length).toBeLessThanOrEqual(0.1);
    },
  );

  it('[CT7] a list costs 60 read units at most', async () => {
    expect((await send()).ok).toBe(true);
    const seq = (await opened.service.groups.get(groupId))?.lastSeq ?? 0;
    await recordReceipts(opened.service, await everyoneReads(seq));
    opened.units.reset();
    const cursors = new Cursors(opened.table);
    const listed = await listReceipts(opened.service, cursors, sender, {
      groupId,
      seq,
      limit: 500,
    });
    expect(listed).toMatchObject({ ok: true, value: { readCount: 500, status: 'read' } });
    console.log(`A list of 500: ${opened.units.read} read units.`);
    expect(opened.units.read).toBeLessThanOrEqual(60);
  });

  it('a member row stays far below 1 KB and a receipt takes 40 bytes at most', async () => {
    const readSeq = (await opened.service.groups.get(groupId))?.lastSeq ?? 0;
    const before = await storedBytes();
    for (const upTo of [250, 500, 750, 1000]) {
      await setLastSeq(readSeq + upTo);
      await recordReceipts(opened.service, await everyoneReads(readSeq + upTo));
    }
    const bytes = ((await storedBytes()) - before) / (500 * 1000);
    const aRowEach = storedSize({
      pk: `G#${groupId}#S#1`,
      sk: 'R#000000000001#member-00001',
      readAt: Date.now(),
      deliveredAt: Date.now(),
    });
    console.log(`A receipt takes ${bytes.toFixed(2)} bytes; as a row of its own ${aRowEach}.`);
    expect(bytes).toBeLessThanOrEqual(40);
    const rows = (await scan()).filter(({ pk }) => pk === membersPartition(groupId));
    expect(Math.max(...rows.map(itemSize))).toBeLessThan(1024);
  });

  it.each([
    [1, 1],
    [1, 1000],
    [2002, 2002],
  ])(
    '[CT6] counts of %i to %i cost 30 read units at most, once everyone has read',
    async (from, to) => {
      opened.units.reset();
      const counted = await countReceipts(opened.service, reader, { groupId, from, to });
      expect(counted.ok).toBe(true);
      console.log(`Counts of ${from} to ${to}: ${opened.units.read} read units.`);
      expect(opened.units.read).toBeLessThanOrEqual(30);
      expect(opened.units.write).toBe(0);
    },
  );

  /** Seqs without the messages: marks and history look at neither text nor sender. */
  const setLastSeq = (lastSeq: number) =>
    opened.documents.send(
      new UpdateCommand({
        TableName: opened.tableName,
        Key: groupKey(groupId),
        UpdateExpression: 'SET lastSeq = :lastSeq, checkedSeq = :lastSeq',
        ExpressionAttributeValues: { ':lastSeq': lastSeq },
      }),
    );

  /** The changes that the stream would bring. */
  async function everyoneReads(upTo: number) {
    await setLastSeq(upTo);
    const before = await rowsByUser();
    opened.time.now += 60_000;
    await Promise.all(
      memberIds.map((userId) => {
        opened.time.now += 137;
        return markOneGroup(opened.service, { userId }, 'read', { groupId, upTo });
      }),
    );
    return [...(await rowsByUser()).values()].map((after, i) => ({
      groupId,
      before: before.get(after.userId),
      after,
      sequenceNumber: `${upTo}-${i}`,
    }));
  }

  async function rowsByUser(): Promise<Map<string, MemberState>> {
    const rows = await opened.service.members.ofGroup(groupId, 'strong');
    return new Map(rows.map((row) => [row.userId, row]));
  }

  async function scan(): Promise<Record<string, unknown>[]> {
    const items: Record<string, unknown>[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const page = await opened.documents.send(
        new ScanCommand({
          TableName: opened.tableName,
          ...(start && { ExclusiveStartKey: start }),
        }),
      );
      items.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start);
    return items;
  }

  const storedBytes = async () => (await scan()).reduce((sum, item) => sum + storedSize(item), 0);
});

describe('what hello costs', () => {
  it('[UN2] with 200 groups 250 read units at most', async () => {
    const { service, units } = await openService();
    const groups = Array.from({ length: 200 }, (_, i) => `group-${String(i).padStart(4, '0')}`);
    await Promise.all(
      groups.map((id) =>
        createGroup(service, sender, {
          groupId: id,
          name: `Group ${id}`,
          memberIds: ['member-00001'],
          kind: 'group',
          tracking: 'auto',
          visibility: 'members',
          historyForNewMembers: 100,
        }),
      ),
    );
    units.reset();
    expect((await listUnread(service, reader.userId, 'eventual')).groups).toHaveLength(200);
    console.log(`hello with 200 groups: ${units.read} read units.`);
    expect(units.read).toBeLessThanOrEqual(250);
  });
});
