import { countRanges, groupVersion } from '@seenby/core/counts/counts.ts';
import type { CountRange } from '@seenby/protocol/entities.ts';
import type { CountsAnswer } from '@seenby/protocol/http-answers.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { recallMessage } from '../../functions/messages/recall-message.ts';
import { countReceipts } from '../../functions/receipts/count-receipts.ts';
import { markOneGroup } from '../../functions/receipts/mark-messages.ts';
import type { Connection } from '../../functions/store/users/connections.ts';
import type { Conversation } from '../support/service/conversation.ts';
import { PushHarness } from './push/push-harness.ts';

const memberIds = Array.from({ length: 1200 }, (_, i) => `member-${String(i).padStart(4, '0')}`);
const [author = '', reader = '', watcher = '', late = ''] = memberIds;

let harness: PushHarness;
let talk: Conversation;
let seq = 0;

beforeAll(async () => {
  harness = await PushHarness.open();
  talk = await harness.begin('big', memberIds);
});

async function ask(userId: string, fromSeq = seq): Promise<CountsAnswer> {
  const query = { groupId: 'big', from: fromSeq, to: seq };
  const counted = await countReceipts(harness.service, { userId }, query);
  if (!counted.ok) throw new Error(counted.problem.message);
  return counted.value;
}

async function truth(): Promise<CountsAnswer> {
  const members = await harness.service.members.ofGroup('big', 'strong');
  // All messages are among the newest: the first one that is counted is the first.
  return { version: groupVersion(members, 1), counts: countRanges(members, seq, seq) };
}

/** A new message, and what the stream makes of it. */
const say = async () => {
  const changes = await harness.changesOf('big', async () => {
    seq = await talk.say(author);
  });
  await harness.push('big', changes);
};
const readsNow = (userId: string) => harness.read('big', userId, seq);

/** What a client shows that asked first and was then pushed to: counts of a version and above. */
function shown(asked: CountsAnswer, connection: Connection): CountRange | undefined {
  let { version } = asked;
  let [now] = asked.counts;
  for (const frame of harness.framesTo(connection, 'read_status_update')) {
    if (frame.version === undefined || frame.version < version) continue;
    version = frame.version;
    now = frame.counts?.find(({ fromSeq, toSeq }) => fromSeq <= seq && seq <= toSeq) ?? now;
  }
  return now && { ...now, fromSeq: seq, toSeq: seq };
}

const readCountOf = ({ counts }: CountsAnswer) => counts[0]?.readCount;

describe('the counts of a big group, for who comes back to it', () => {
  it('[CT1] are exact when nobody has asked before, and cost 20 read units at most from then on', async () => {
    await say();
    expect(await ask(watcher)).toEqual(await truth());
    harness.opened.units.reset();
    const asked = await ask(late);
    expect(harness.opened.units.read).toBeLessThanOrEqual(20);
    expect(harness.opened.units.write).toBe(0);
    expect(asked).toEqual(await truth());
  });

  it('are renewed by each push, before those who watch are looked up', async () => {
    await say();
    await ask(watcher);
    await harness.connect(watcher, 'big');
    await harness.push('big', await readsNow(reader));
    expect(await ask(late)).toEqual(await truth());
    harness.opened.units.reset();
    await ask(late);
    expect(harness.opened.units.read).toBeLessThanOrEqual(20);
  });

  it('[PU4] and the push that follows are the truth for who opened the group between a read and its push', async () => {
    await say();
    await ask(watcher);
    const changes = await readsNow(reader);
    const connection = await harness.connect(late, 'big');
    const asked = await ask(late);
    await harness.push('big', changes);
    expect(shown(asked, connection)).toEqual((await truth()).counts[0]);
    await harness.service.connections.remove(connection);
  });

  it('are read anew when something has changed while nobody watched', async () => {
    await closeAll();
    await say();
    const before = readCountOf(await ask(late));
    const changes = await readsNow(watcher);
    await harness.push('big', changes);
    expect(readCountOf(await ask(late))).toBe((before ?? 0) + 1);
  });

  it('[PU4] reach who opened the group while the fan-out found nobody watching', async () => {
    await closeAll();
    await say();
    await ask(late);
    const changes = await readsNow(reader);
    const { connections } = harness.service;
    const countSubscribers = connections.countSubscribers.bind(connections);
    let asked: CountsAnswer | undefined;
    let connection: Connection | undefined;
    connections.countSubscribers = async (...of) => {
      const found = await countSubscribers(...of);
      connection ??= await harness.connect(late, 'big');
      asked ??= await ask(late);
      return found;
    };
    await harness.push('big', changes);
    connections.countSubscribers = countSubscribers;
    if (!asked || !connection) throw new Error('nobody asked');
    expect(shown(asked, connection)).toEqual((await truth()).counts[0]);
  });

  it('are not put back by a fan-out that is late', async () => {
    await say();
    const known = await harness.service.countSnapshots.read('big');
    await ask(late);
    await harness.service.countSnapshots.noteUnseen('big');
    const old = { version: 1, common: 1, counts: [], turns: 0, takenAt: harness.opened.time.now };
    await harness.service.countSnapshots.keep('big', known.unseen, old);
    expect(await ask(late)).toEqual(await truth());
    await harness.service.countSnapshots.keep('big', known.unseen + 1, old);
    expect(await ask(late)).toEqual(await truth());
  });

  it('are read anew after a minute, should the fan-out have come to a stop', async () => {
    await say();
    await ask(late);
    await readsNow(reader);
    harness.opened.time.now += 60_000;
    expect(await ask(late)).toEqual(await truth());
  });

  it('are read by one when hundreds come back at once', async () => {
    await closeAll();
    await say();
    await harness.service.countSnapshots.noteUnseen('big');
    harness.opened.time.now += 10_000;
    harness.opened.units.reset();
    const answers = await Promise.all(memberIds.slice(0, 200).map((userId) => ask(userId)));
    const { read } = harness.opened.units;
    const stored = await truth();
    for (const answer of answers) expect(answer).toEqual(stored);
    // A partition gives 3,000 a second: 5,000 members are through within two minutes.
    expect((read / answers.length) * 5000).toBeLessThanOrEqual(3000 * 120);
    expect(read / answers.length).toBeLessThanOrEqual(20);
  });

  it('[CT8] are read anew when a message has been recalled', async () => {
    await say();
    const before = await ask(late);
    await recallMessage(harness.service, { userId: author }, 'big', seq);
    const after = await ask(late);
    expect(after.counts).toEqual([
      { fromSeq: seq, toSeq: seq, readCount: 1, deliveredCount: 1, unreadCount: 0, totalCount: 1 },
    ]);
    expect(after.version).toBeGreaterThan(before.version);
    harness.opened.units.reset();
    expect(await ask(watcher)).toEqual(after);
    expect(harness.opened.units.read).toBeLessThanOrEqual(20);
  });

  it('of older messages are exact as ever', async () => {
    await markOneGroup(harness.service, { userId: late }, 'read', { groupId: 'big', upTo: 1 });
    const asked = await ask(late, 1);
    expect(asked.counts[0]?.fromSeq).toBe(1);
  });

  async function closeAll(): Promise<void> {
    const open = await harness.service.connections.subscribersOf('big');
    for (const connection of open) await harness.service.connections.remove(connection);
  }
});
