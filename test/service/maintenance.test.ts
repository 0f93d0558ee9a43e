import { gunzipSync } from 'node:zlib';
import { dayOf } from '@seenby/core/day.ts';
import { describe, expect, it, vi } from 'vitest';
import { deleteGroup } from '../../functions/groups/delete-group.ts';
import { recallMessage } from '../../functions/messages/recall-message.ts';
import { type ObjectStore, PeriodArchive } from '../../functions/retention/period-archive.ts';
import { runMaintenance } from '../../functions/retention/run-maintenance.ts';
import { carryOut } from '../support/service/carry-out.ts';
import { Conversation } from '../support/service/conversation.ts';

const plenty = () => 900_000;

/** Objects in memory; some keys may be refused. */
class Objects implements ObjectStore {
  readonly kept = new Map<string, Uint8Array>();
  refuses = '';
  puts = 0;

  async put(key: string, body: Uint8Array): Promise<void> {
    if (this.refuses && key.startsWith(this.refuses)) throw new Error('S3 is not there');
    this.puts++;
    this.kept.set(key, body);
  }

  lines(key: string): Record<string, unknown>[] {
    const text = gunzipSync(this.kept.get(key) ?? new Uint8Array()).toString();
    return text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  }
}

const run = (talk: Conversation, objects?: Objects, remainingMs = plenty) =>
  runMaintenance({
    service: talk.service,
    archive: objects && new PeriodArchive(talk.service, objects),
    remainingMs,
  });

const countedDay = async ({ service, groupId }: Conversation, at: number) =>
  (await service.statistics.days(groupId, dayOf(at), dayOf(at))).get(dayOf(at));

describe('[ST1] the nightly count', () => {
  it('counts a group once for a day, and again only when it was active again', async () => {
    const talk = await Conversation.open(['ann', 'bob']);
    const sentAt = talk.opened.time.now;
    await talk.say('ann');
    expect(await run(talk)).toEqual({ handled: 0, failed: 0, unfinished: false });
    talk.until(1, '00:20');
    expect(await run(talk)).toMatchObject({ handled: 1 });
    expect(await countedDay(talk, sentAt)).toMatchObject({ messages: 1, reads: 0, audience: 1 });
    expect(await run(talk)).toMatchObject({ handled: 0 });
    await talk.read('bob', 1);
    talk.until(1, '00:20');
    expect(await run(talk)).toMatchObject({ handled: 1 });
    expect(await countedDay(talk, sentAt)).toMatchObject({ messages: 1, reads: 1, delayCount: 1 });
  });

  it('counts a recalled message no more', async () => {
    const talk = await Conversation.open(['ann', 'bob']);
    const sentAt = talk.opened.time.now;
    await talk.say('ann');
    talk.until(1, '00:20');
    await run(talk);
    await recallMessage(talk.service, { userId: 'ann' }, talk.groupId, 1);
    talk.until(1, '00:20');
    await run(talk);
    expect(await countedDay(talk, sentAt)).toMatchObject({ messages: 0, audience: 0 });
  });

  it('stops when its time is up, and the next run goes on', async () => {
    const talk = await Conversation.open(['ann', 'bob']);
    for (let i = 0; i < 12; i++) {
      const more = await Conversation.begin(talk.opened, `more-${i}`, ['ann', 'bob']);
      await more.say('ann');
    }
    talk.until(1, '00:20');
    let asked = 0;
    const logged = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const first = await run(talk, undefined, () => (asked++ < 5 ? 900_000 : 100_000));
    expect(first).toEqual({ handled: 5, failed: 0, unfinished: true });
    expect(await run(talk)).toEqual({ handled: 7, failed: 0, unfinished: false });
    expect(logged.mock.calls).toEqual([[{ what: 'a run was not finished', handled: 5 }]]);
    logged.mockRestore();
  });

  it('makes up for nights that were missed', async () => {
    const talk = await Conversation.open(['ann', 'bob']);
    const sentAt = talk.opened.time.now;
    await talk.say('ann');
    talk.until(3, '12:20');
    expect(await run(talk)).toMatchObject({ handled: 1 });
    expect(await countedDay(talk, sentAt)).toMatchObject({ messages: 1 });
  });

  it('leaves a deleted group alone', async () => {
    const talk = await Conversation.open(['ann', 'bob']);
    await talk.say('ann');
    await carryOut(deleteGroup(talk.service, { userId: 'ann' }, talk.groupId));
    talk.until(1, '00:20');
    expect(await run(talk)).toEqual({ handled: 1, failed: 0, unfinished: false });
  });
});

describe('[RT2] the archive', () => {
  it.each([
    ['..', '!2E!2E'],
    ['auth0|x', 'auth0!7Cx'],
    ['Team_1-b', 'Team_1-b'],
  ])('[SE10] names the objects of %s so that S3 takes them', async (groupId, name) => {
    const { opened } = await Conversation.open(['ann'], { retentionDays: 1 });
    const talk = await Conversation.begin(opened, groupId, ['ann']);
    await talk.say('ann');
    talk.until(2, '00:20');
    const objects = new Objects();
    await run(talk, objects);
    expect([...objects.kept.keys()]).toEqual([`${name}/2026-01-15.jsonl.gz`]);
  });

  it('keeps messages, then receipts, of a day that has just been hidden', async () => {
    const talk = await Conversation.open(['ann', 'bob', 'cat'], { retentionDays: 3 });
    const sentAt = talk.opened.time.now;
    await talk.say('ann');
    await talk.read('bob', 1, 7000);
    await talk.say('bob');
    talk.until(1, '10:00');
    await talk.say('ann');
    await talk.read('cat', 3);
    const objects = new Objects();
    talk.until(2, '00:20');
    await run(talk, objects);
    expect(objects.kept.size).toBe(0);
    talk.until(1, '00:05');
    await talk.say('ann');
    talk.until(0, '00:20');
    await run(talk, objects);
    expect([...objects.kept.keys()]).toEqual(['team/2026-01-15.jsonl.gz']);
    const [first, second, ...receipts] = objects.lines('team/2026-01-15.jsonl.gz');
    const content = 'message 1';
    expect(first).toMatchObject({
      type: 'message',
      groupId: 'team',
      seq: 1,
      senderId: 'ann',
      content,
      createdAt: sentAt,
    });
    expect(second).toMatchObject({ type: 'message', seq: 2, senderId: 'bob' });
    const receipt = { type: 'receipt', kind: 'read' };
    expect(receipts).toEqual([
      { ...receipt, userId: 'bob', fromSeq: 1, toSeq: 1, at: sentAt + 7000 },
      { ...receipt, userId: 'cat', fromSeq: 1, toSeq: 2, at: expect.any(Number) },
    ]);
  });

  it('is written once, and the same again when a run is repeated', async () => {
    const talk = await Conversation.open(['ann', 'bob'], { retentionDays: 1 });
    await talk.say('ann');
    await talk.read('bob', 1, 500);
    const objects = new Objects();
    talk.until(2, '00:20');
    await run(talk, objects);
    await run(talk, objects);
    expect(objects.puts).toBe(1);
    const [key = ''] = objects.kept.keys();
    const before = objects.kept.get(key);
    await talk.service.activity.note(
      [{ groupId: talk.groupId, day: dayOf(talk.opened.time.now) - 2 }],
      talk.opened.time.now,
    );
    await run(talk, objects);
    expect(objects.puts).toBe(2);
    expect(objects.kept.get(key)).toEqual(before);
  });

  it('that fails for one group holds up no other, and is tried again', async () => {
    const talk = await Conversation.open(['ann', 'bob'], { retentionDays: 1 });
    const other = await Conversation.begin(talk.opened, 'other', ['ann', 'bob']);
    await talk.say('ann');
    await other.say('ann');
    const objects = new Objects();
    objects.refuses = 'team/';
    talk.until(2, '00:20');
    expect(await run(talk, objects)).toMatchObject({ failed: 1 });
    expect([...objects.kept.keys()]).toEqual(['other/2026-01-15.jsonl.gz']);
    objects.refuses = '';
    talk.until(1, '23:20');
    expect(await run(talk, objects)).toMatchObject({ failed: 0 });
    expect(objects.kept.has('team/2026-01-15.jsonl.gz')).toBe(true);
  });

  it('covers steps of several days where retention is long', async () => {
    const talk = await Conversation.open(['ann', 'bob'], { retentionDays: 60 });
    talk.until(1, '10:00');
    await talk.say('ann');
    talk.until(1, '10:00');
    await talk.say('ann');
    const objects = new Objects();
    for (let day = 0; day < 4; day++) {
      talk.until(day === 0 ? 59 : 1, '00:20');
      await run(talk, objects);
    }
    const all = [...objects.kept.keys()].flatMap((key) => objects.lines(key));
    expect(all.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(objects.puts).toBe(objects.kept.size);
  });

  it('[TR1] [TR4] holds nothing of a reading that was private', async () => {
    const talk = await Conversation.open(['ann', 'bob'], { retentionDays: 1, kind: 'direct' });
    await talk.service.settings.change('bob', { readReceipts: false });
    const quiet = await Conversation.begin(talk.opened, 'quiet', ['ann', 'bob'], {
      tracking: 'positions',
    });
    for (const each of [talk, quiet]) {
      await each.say('ann');
      await each.read('bob', 1, 100);
    }
    const objects = new Objects();
    talk.until(2, '00:20');
    await run(talk, objects);
    expect([...objects.kept.keys()].sort()).toEqual(
      ['quiet', 'team'].map((groupId) => `${groupId}/2026-01-15.jsonl.gz`),
    );
    for (const key of objects.kept.keys()) {
      expect(objects.lines(key).filter(({ kind }) => kind === 'read')).toEqual([]);
    }
  });
});
