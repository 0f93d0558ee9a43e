import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { publishEvents } from '../../../functions/events/publish-events.ts';
import { updateGroup } from '../../../functions/groups/update-group.ts';
import { listReceipts } from '../../../functions/receipts/list-receipts.ts';
import { PeriodArchive } from '../../../functions/retention/period-archive.ts';
import { readGroupStatistics } from '../../../functions/statistics/read-group-statistics.ts';
import { readOwnStatistics } from '../../../functions/statistics/read-own-statistics.ts';
import { Cursors } from '../../../functions/store/cursors.ts';
import { Conversation } from '../../support/service/conversation.ts';

const second = 1000;

const track = async ({ service, groupId }: Conversation, tracking: 'receipts' | 'positions') => {
  const changed = await updateGroup(service, { userId: 'ann' }, groupId, { tracking });
  expect(changed).toMatchObject({ ok: true, value: { tracking } });
};

async function lineOf({ service, opened, groupId }: Conversation, seq: number, userId: string) {
  const cursors = new Cursors(opened.table);
  const page = await listReceipts(service, cursors, { userId: 'ann' }, { groupId, seq });
  if (!page.ok) throw new Error(page.problem.code);
  return page.value.members.find((line) => line.userId === userId);
}

/** Bob reads the first message for all to see, the second in private, and the third for all again. */
async function readThree(): Promise<Conversation & { times: number[] }> {
  const talk = await Conversation.open(['ann', 'bob']);
  const times: number[] = [];
  for (const tracking of ['receipts', 'positions', 'receipts'] as const) {
    talk.wait(second);
    if (times.length > 0) await track(talk, tracking);
    talk.wait(second);
    await talk.read('bob', await talk.say('ann'), second);
    times.push(talk.opened.time.now);
  }
  return Object.assign(talk, { times });
}

it('[TR2] [TR6] what was read while tracking was positions counts as read, and its time is nobody’s', async () => {
  const talk = await readThree();
  const [first, , third] = talk.times;
  expect(await lineOf(talk, 1, 'bob')).toMatchObject({ readAt: first, deliveredAt: first });
  expect(await lineOf(talk, 2, 'bob')).toEqual({
    ...{ userId: 'bob', deliveredAt: null, readAt: null, withoutTime: 'read' },
  });
  expect(await lineOf(talk, 3, 'bob')).toMatchObject({ readAt: third, deliveredAt: third });
  const statistics = await readGroupStatistics(
    talk.service,
    { userId: 'ann' },
    { groupId: talk.groupId },
  );
  expect(statistics).toMatchObject({
    value: { messages: 3, readRate: 1, averageReadDelayMs: second },
  });
  expect(await readOwnStatistics(talk.service, 'bob')).toMatchObject({ readMessages: 3 });
});

it('[TR6] neither the archive nor events tell when', async () => {
  const talk = await readThree();
  const { service, groupId, times } = talk;
  const group = await service.groups.get(groupId);
  const members = await service.members.ofGroup(groupId, 'strong');
  if (!group) throw new Error('no group');
  const kept: string[] = [];
  const archive = new PeriodArchive(service, {
    put: async (_key, body) => void kept.push(gunzipSync(body).toString()),
  });
  const period = { firstDay: 0, fromSeq: 1, toSeq: 3, startMs: 0, endMs: 0 };
  await archive.keep(group, members, period);
  const lines = kept.flatMap((text) => text.trim().split('\n')).map((line) => JSON.parse(line));
  const receipts = lines.filter(({ type, kind }) => type === 'receipt' && kind === 'read');
  expect(receipts.map(({ fromSeq, at }) => [fromSeq, at])).toEqual([
    [1, times[0]],
    [2, null],
    [3, times[2]],
  ]);
  const [bob] = members.filter(({ userId }) => userId === 'bob');
  if (!bob) throw new Error('no row');
  const told: unknown[] = [];
  const bus = { publish: async (events: readonly unknown[]) => void told.push(...events) };
  const change = { groupId, before: undefined, after: bob, sequenceNumber: '1' };
  await publishEvents(service, bus, { sent: [], changes: [change], reminders: [] });
  const read = told.filter((event) => (event as { type: string }).type === 'message.read');
  expect(read).toMatchObject([
    {
      detail: {
        receipts: [
          { fromSeq: 1, at: times[0] },
          { fromSeq: 3, at: times[2] },
        ],
      },
    },
  ]);
});
