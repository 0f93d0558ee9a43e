import { countPushes } from '@seenby/core/costs/count-pushes.ts';
import { maxStaleness } from '@seenby/core/counts/push-timing.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { expect, it } from 'vitest';
import { markOneGroup } from '../../../functions/receipts/mark-messages.ts';
import type { MemberChange } from '../../../functions/stream/member-change.ts';
import { PushHarness } from '../push/push-harness.ts';

const groupId = 'team';
const memberIds = Array.from({ length: 500 }, (_, i) => `member-${String(i).padStart(5, '0')}`);
const [authorId = '', ...readerIds] = memberIds;
/** Lambda polls a stream four times a second. */
const pollMs = 250;

/** Frames of counts while 499 members read one message, one after the other. */
it.each([
  ['all at once', 500, 6, 8],
  ['20 a second', 500, 50, 8],
  ['one a second', 500, 1000, 12],
  ['one in seven seconds', 500, 7200, 16],
  ['all at once', 30, 6, 8],
  ['20 a second', 30, 50, 8],
  ['one a second', 30, 1000, 12],
  ['one in seven seconds', 30, 7200, 16],
])(
  '[PU3] a message read %s with %i watching costs so many times the floor of frames, and nobody is shown old counts for too long',
  async (_, watching, gapMs, maxTimesFloor) => {
    const { counts, staleMs } = await readOneByOne(watching, gapMs);
    const floor = watching + readerIds.length;
    const frames = counts + readerIds.length;
    expect(frames).toBeLessThanOrEqual(maxTimesFloor * floor);
    expect(staleMs.filter(({ was, may }) => was > may)).toEqual([]);
    const computed = countPushes({
      ...{ marks: readerIds.length, secondsBetweenReads: gapMs / 1000 },
      ...{ watching, windowSeconds: 1, byAll: true },
    });
    // A push has what was read until it, and what the stream brings of that later makes none.
    expect(counts / watching).toBeLessThanOrEqual(computed.pushes);
    expect(counts / watching).toBeGreaterThanOrEqual(computed.pushes - 2);
  },
);

/** Counts that are pushed, and for how long each change was not, beside how long it may be. */
async function readOneByOne(watching: number, gapMs: number) {
  const harness = await PushHarness.open();
  const { time } = harness.opened;
  const talk = await harness.begin(groupId, memberIds);
  for (const userId of memberIds.slice(0, watching)) await harness.connect(userId, groupId);
  time.now += 600_000;
  let batch = await harness.changesOf(groupId, () => talk.say(authorId));
  const sentAt = time.now;
  const readAt = readerIds.map((_, i) => sentAt + (i + 1) * gapMs);
  const staleMs: { was: number; may: number }[] = [];
  let waiting: number[] = [];
  // More than a hundred at once are posted from the queue.
  const posted = () =>
    harness.poster.posted.length +
    harness.queued.reduce((sum, { connections }) => sum + connections.length, 0);
  const step = async (run: () => Promise<unknown>) => {
    const before = posted();
    await run();
    if (posted() === before) return;
    for (const at of waiting) {
      const may = maxStaleness({ ageMs: at - sentAt, watchers: watching, windowMs: 1000 });
      staleMs.push({ was: time.now - at, may: may + pollMs });
    }
    waiting = [];
  };
  const dueBefore = async (end: number) => {
    for (const { at } of [...harness.due].sort((a, b) => a.at - b.at)) {
      if (at > end) continue;
      time.now = Math.max(time.now, at);
      await step(() => harness.pushDueBefore(at));
    }
  };
  for (let read = 0, poll = sentAt; read < readAt.length || batch.length > 0; poll += pollMs) {
    while (read < readAt.length && (readAt[read] ?? 0) <= poll) {
      const at = readAt[read] ?? 0;
      await dueBefore(at);
      time.now = at;
      batch.push(await mark(harness, readerIds[read] ?? '', String(read)));
      waiting.push(at);
      read++;
    }
    await dueBefore(poll);
    time.now = poll;
    const changes = batch;
    batch = [];
    if (changes.length > 0) await step(() => harness.fanOutOnly(groupId, changes));
  }
  await dueBefore(Number.POSITIVE_INFINITY);
  expect(waiting).toEqual([]);
  return { counts: posted(), staleMs };
}

/** What the stream brings of it. */
async function mark(harness: PushHarness, userId: string, sequenceNumber: string) {
  const { members } = harness.service;
  const before = await members.get(groupId, userId);
  await markOneGroup(harness.service, { userId }, 'read', { groupId, upTo: 1 });
  const after = (await members.get(groupId, userId)) as MemberState;
  return { groupId, before, after, sequenceNumber } satisfies MemberChange;
}
