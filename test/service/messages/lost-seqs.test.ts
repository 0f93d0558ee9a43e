import { beforeAll, expect, it } from 'vitest';
import { readEvents } from '../../../functions/events/events-of.ts';
import { readHistory } from '../../../functions/messages/read-history.ts';
import { sendMessage } from '../../../functions/messages/send-message.ts';
import { countReceipts } from '../../../functions/receipts/count-receipts.ts';
import { listReceipts } from '../../../functions/receipts/list-receipts.ts';
import { fillLostSeqs } from '../../../functions/service/fill-lost-seqs.ts';
import { readGroupStatistics } from '../../../functions/statistics/read-group-statistics.ts';
import { readOwnStatistics } from '../../../functions/statistics/read-own-statistics.ts';
import { Cursors } from '../../../functions/store/cursors.ts';
import { syncChanges } from '../../../functions/sync/sync-changes.ts';
import { PushHarness } from '../push/push-harness.ts';
import { openWatchedGroup } from '../push/watched-group.ts';

let harness: PushHarness;
beforeAll(async () => {
  harness = await PushHarness.open();
});

/** Takes a seq as a send does, which dies then: it was the sender's, and never becomes a message. */
async function lose(groupId: string): Promise<number> {
  const { service, opened } = harness;
  const group = await service.groups.get(groupId);
  if (!group) throw new Error('no group');
  const preview = { senderId: 'ann', messageType: 'text', content: 'x' } as const;
  const newest = { ...preview, createdAt: opened.time.now };
  const taken = await service.groups.allocateSeq(group, newest, `lost-${group.lastSeq}`);
  if (!taken) throw new Error('no seq');
  const { seq } = taken;
  opened.time.now += 10_000;
  await fillLostSeqs(service, groupId, [seq], opened.time.now);
  return seq;
}

/** The second of three is lost. */
async function withLostSeq(memberIds?: string[]) {
  const watched = await openWatchedGroup(harness, {}, memberIds);
  await lose(watched.groupId);
  await watched.talk.say('ann');
  return watched;
}

const seqsOf = (ranges: readonly { fromSeq: number; toSeq: number }[] = []) =>
  ranges.map(({ fromSeq, toSeq }) => [fromSeq, toSeq]);
const around = [
  [1, 1],
  [3, 3],
];

it('[MS1] [CT8] no answer has counts or receipts of a lost seq', async () => {
  const { groupId, read } = await withLostSeq();
  const { service, opened } = harness;
  const bob = { userId: 'bob' };
  await read('bob', 3);
  const counted = await countReceipts(service, bob, { groupId, from: 1, to: 3 });
  expect(counted.ok && seqsOf(counted.value.counts)).toEqual(around);
  const alone = await countReceipts(service, bob, { groupId, from: 2, to: 2 });
  expect(alone).toMatchObject({ value: { counts: [] } });
  const cursors = new Cursors(opened.table);
  const sync = await syncChanges(service, cursors, bob, undefined);
  const synced = sync.ok ? sync.value.groups.find((each) => each.groupId === groupId) : undefined;
  expect(seqsOf(synced?.counts)).toEqual(around);
  const page = await readHistory(service, bob, { groupId });
  const [, lost] = page.ok ? page.value.messages : [];
  expect(lost).toMatchObject({ seq: 2, lost: true });
  expect(lost).not.toHaveProperty('readCount');
  expect(await listReceipts(service, cursors, bob, { groupId, seq: 2 })).toMatchObject({
    problem: { code: 'NOT_FOUND' },
  });
});

it('[MS1] [CT8] nothing pushed or published is of a lost seq', async () => {
  const { groupId, of, read } = await withLostSeq();
  const changes = await read('bob', 3);
  await harness.push(groupId, changes);
  expect(harness.countsTo(of('cat')).map(seqsOf)).toEqual([around]);
  const group = await harness.service.groups.get(groupId);
  if (!group) throw new Error('no group');
  const [event] = readEvents(changes, new Map([[groupId, group]]));
  const { receipts = [] } = event?.type === 'message.read' ? event.detail : {};
  expect(seqsOf(receipts)).toEqual(around);
});

it('[MS1] [ST1] statistics count no lost seq', async () => {
  const { groupId, read } = await withLostSeq(['ann', 'ben']);
  const { service } = harness;
  await read('ben', 3);
  const statistics = await readGroupStatistics(service, { userId: 'ann' }, { groupId });
  expect(statistics).toMatchObject({ value: { messages: 2, readRate: 1 } });
  expect(await readOwnStatistics(service, 'ben')).toMatchObject({
    ...{ totalMessages: 2, readMessages: 2, unreadMessages: 0 },
  });
});

it('[MS2] a send whose seq holds the message of somebody else takes another', async () => {
  const { groupId } = await openWatchedGroup(harness, {}, ['ann', 'ben']);
  const { service, opened } = harness;
  const { lastSeq } = (await service.groups.get(groupId)) ?? { lastSeq: 0 };
  // It arrived from another region, and the group's row has not.
  const strays = [1, 2, 3, 4, 5, 6, 7].map((nth) => lastSeq + nth);
  for (const seq of strays) {
    await service.messages.insert({
      ...{ messageId: `${groupId}.${seq}`, groupId, seq, senderId: 'ben', messageType: 'text' },
      ...{ content: 'from elsewhere', createdAt: opened.time.now, clientMessageId: 'the-same' },
    });
  }
  const input = { groupId, clientMessageId: 'the-same', content: 'mine' };
  const sent = await sendMessage(service, { userId: 'ann' }, { ...input, messageType: 'text' });
  expect(sent).toMatchObject({
    ok: true,
    value: { message: { content: 'mine', senderId: 'ann' } },
  });
  expect(sent.ok && sent.value.message.seq).toBe(lastSeq + strays.length + 1);
});

it('[CT8] [CT9] of very many lost seqs the row keeps the newest, packed', async () => {
  const { groupId, talk } = await openWatchedGroup(harness);
  for (let i = 0; i < 40; i++) {
    await lose(groupId);
    await talk.say('ann');
  }
  const group = await harness.service.groups.get(groupId);
  expect(group?.lost.map(({ from }) => from)).toEqual(
    Array.from({ length: 40 }, (_, i) => 2 * i + 2),
  );
  expect(group?.recalled).toEqual(group?.lost);
});
