import { beforeAll, describe, expect, it, vi } from 'vitest';
import { latelyMs } from '../../../functions/push/push-memory.ts';
import type { Connection } from '../../../functions/store/connections.ts';
import { addMembers } from '../../../functions/use-cases/add-members.ts';
import { markMessages } from '../../../functions/use-cases/mark-messages.ts';
import { removeMember } from '../../../functions/use-cases/remove-member.ts';
import { sendMessage } from '../../../functions/use-cases/send-message.ts';
import { subscribeGroups } from '../../../functions/use-cases/subscribe-groups.ts';
import { PushStage } from './push-stage.ts';

let stage: PushStage;
beforeAll(async () => {
  stage = await PushStage.open();
});

const names = ['ann', 'bob', 'cat', 'dan'];
let groups = 0;

/** A group of four, each with the group open, and a message of ann's. */
async function group(more: object = {}, memberIds = names) {
  const groupId = `group-${++groups}`;
  const talk = await stage.begin(groupId, memberIds, more);
  const connections = new Map<string, Connection>();
  for (const userId of memberIds) connections.set(userId, await stage.connect(userId, groupId));
  await talk.say('ann');
  stage.fanOut = stage.newSandbox();
  // Long enough for nothing of this to count as news.
  stage.opened.time.now += 2 * latelyMs;
  const of = (userId: string): Connection => {
    const connection = connections.get(userId);
    if (!connection) throw new Error(`${userId} is not connected`);
    return connection;
  };
  const seen = (userId: string) => stage.countsTo(of(userId));
  const read = (userId: string, upTo: number) => stage.read(groupId, userId, upTo);
  const readOne = (userId: string, seq: number) =>
    stage.changesOf(groupId, () =>
      markMessages(stage.service, { userId }, 'read', [{ groupId, seqs: [seq] }]),
    );
  return { groupId, talk, of, seen, read, readOne };
}

const counts = (fromSeq: number, toSeq: number, readCount: number, totalCount = 4) => ({
  ...{ fromSeq, toSeq, readCount, deliveredCount: readCount },
  ...{ unreadCount: totalCount - readCount, totalCount },
});

describe('who sees counts', () => {
  it('all members, where visibility says so', async () => {
    const { groupId, seen, read } = await group();
    await stage.push(groupId, await read('bob', 1));
    for (const userId of names) expect(seen(userId)).toEqual([[counts(1, 1, 2)]]);
  });

  it('[TR3] only the author, each of their own messages', async () => {
    const { groupId, talk, seen, read } = await group({ visibility: 'sender' });
    await talk.say('cat');
    await stage.push(groupId, await read('bob', 2));
    expect(seen('ann')).toEqual([[counts(1, 1, 2)]]);
    expect(seen('cat')).toEqual([[counts(2, 2, 2)]]);
    expect(seen('bob')).toEqual([]);
    expect(seen('dan')).toEqual([]);
  });

  it('[PU1] the author of each of very many messages read at once', async () => {
    const { groupId, talk, seen, read } = await group({ visibility: 'sender' });
    await talk.say('cat');
    const seqs = Array.from({ length: 298 }, (_, i) => i + 3);
    await Promise.all(seqs.map((seq) => stage.service.messages.bury(groupId, seq, 'dan', 0)));
    const lastSeq = 300;
    const { table } = stage.opened;
    await table.update({
      ...{ Key: { pk: `G#${groupId}`, sk: 'GROUP' }, UpdateExpression: 'SET lastSeq = :last' },
      ExpressionAttributeValues: { ':last': lastSeq },
    });
    await stage.push(groupId, await read('bob', lastSeq));
    expect(seen('ann')).toEqual([[counts(1, 1, 2)]]);
    expect(seen('cat')).toEqual([[counts(2, 2, 2)]]);
    expect(seen('dan')).toEqual([[counts(3, 300, 1)]]);
  });

  it('[TR3] the author, admins and owner', async () => {
    const { groupId, talk, seen, read } = await group({ visibility: 'admins' });
    await talk.say('cat');
    await stage.push(groupId, await read('bob', 2));
    expect(seen('ann')).toEqual([[counts(1, 2, 2)]]);
    expect(seen('cat')).toEqual([[counts(2, 2, 2)]]);
    expect(seen('bob')).toEqual([]);
    expect(seen('dan')).toEqual([]);
  });

  it('[PU5] nobody who has left or was never in, even with a subscription that stayed', async () => {
    const { groupId, of, seen, read } = await group();
    const outsider = await stage.connect('eve', groupId);
    const before = stage.poster.posted.length;
    const changes = await stage.changesOf(groupId, () =>
      removeMember(stage.service, { userId: 'ann' }, groupId, 'dan'),
    );
    const endsAt = stage.opened.time.now + 60_000;
    await stage.service.connections.subscribe(of('dan'), [groupId], endsAt);
    await stage.push(groupId, [...changes, ...(await read('bob', 1))]);
    expect(seen('dan')).toEqual([]);
    expect(stage.countsTo(outsider)).toEqual([]);
    expect(seen('cat')).toEqual([[counts(1, 1, 2, 3)]]);
    expect(stage.poster.posted.length - before).toBe(3);
  });

  it('a new member, of the messages from where their membership begins', async () => {
    const { groupId, talk, seen, read } = await group({ historyForNewMembers: 1 });
    await talk.say('bob');
    const changes = await stage.changesOf(groupId, () =>
      addMembers(stage.service, { userId: 'ann' }, { groupId, memberIds: ['new'], role: 'member' }),
    );
    const newcomer = await stage.connect('new', groupId);
    await stage.push(groupId, [...changes, ...(await read('cat', 2))]);
    expect(stage.countsTo(newcomer)).toEqual([[counts(2, 2, 2, 5)]]);
    expect(seen('ann')).toEqual([[counts(1, 1, 2), counts(2, 2, 2, 5)]]);
  });

  it('[TR1] nobody, where positions are private', async () => {
    const { groupId, seen, read } = await group({ tracking: 'positions' });
    await stage.push(groupId, await read('bob', 1));
    for (const userId of names) expect(seen(userId)).toEqual([]);
  });

  it('[TR4] in a direct chat neither, when one of the two gives no receipts', async () => {
    const { groupId, seen, read, talk } = await group({ kind: 'direct' }, ['ann', 'bob']);
    await stage.push(groupId, await read('bob', 1));
    const two = { ...counts(1, 1, 2, 2) };
    expect([seen('ann'), seen('bob')]).toEqual([[[two]], [[two]]]);
    await stage.service.settings.put('bob', { readReceipts: false });
    const sent = await stage.changesOf(groupId, () => talk.say('ann'));
    await stage.push(groupId, sent, stage.newSandbox());
    await stage.push(groupId, await read('bob', 2));
    const shown = seen('ann')
      .flat()
      .filter(({ toSeq }) => toSeq === 2);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.every(({ readCount }) => readCount === 1)).toBe(true);
    await stage.service.settings.put('bob', { readReceipts: true });
  });

  it('no connection that has ended', async () => {
    const { groupId, seen, read } = await group();
    const changes = await read('bob', 1);
    stage.opened.time.now += 3_600_000;
    await stage.push(groupId, changes);
    expect(seen('ann')).toEqual([]);
  });
});

describe('what a push says', () => {
  it('[PU4] absolute counts with a version that rises with every change', async () => {
    const { groupId, of, read } = await group();
    for (const userId of ['bob', 'cat']) await stage.push(groupId, await read(userId, 1));
    const updates = stage.framesTo(of('dan'), 'read_status_update');
    expect(updates.map((update) => update.counts?.[0]?.readCount)).toEqual([2, 3]);
    const [first = 0, second = 0] = updates.map(({ version }) => version ?? 0);
    expect(second).toBe(first + 1);
  });

  it('[PU4] nothing more for a batch that comes again, late or out of order', async () => {
    const { groupId, seen, read } = await group();
    const one = await read('bob', 1);
    const two = await read('cat', 1);
    await stage.push(groupId, [...two, ...one]);
    await stage.push(groupId, one);
    await stage.push(groupId, [...one, ...two]);
    expect(seen('dan')).toEqual([[counts(1, 1, 3)]]);
    await stage.push(groupId, two, stage.newSandbox());
    expect(seen('dan')).toEqual([[counts(1, 1, 3)], [counts(1, 1, 3)]]);
  });

  it('[PU4] again what may still be on its way, so that a frame it overtakes is not missed', async () => {
    const { groupId, talk, seen, readOne } = await group();
    for (let n = 2; n <= 4; n++) await talk.say('ann');
    await stage.push(groupId, await readOne('bob', 1));
    stage.opened.time.now += 60_000;
    await stage.push(groupId, await readOne('cat', 3));
    expect(seen('dan').at(-1)).toEqual([counts(1, 1, 2), counts(3, 3, 2)]);
    stage.opened.time.now += 29_000;
    await stage.push(groupId, await readOne('dan', 4), stage.newSandbox());
    expect(seen('dan').at(-1)).toEqual([counts(1, 1, 2), counts(3, 4, 2)]);
    stage.opened.time.now += 90_000;
    await stage.push(groupId, await readOne('cat', 4));
    expect(seen('dan').at(-1)).toEqual([counts(4, 4, 3)]);
  });

  it('[PU4] all of it again, when DynamoDB failed on the way', async () => {
    const { groupId, seen, read } = await group({ visibility: 'sender' });
    const changes = await read('bob', 1);
    const senders = vi.spyOn(stage.service.messages, 'senders');
    senders.mockRejectedValueOnce(new Error('throttled'));
    await expect(stage.push(groupId, changes)).rejects.toThrow('throttled');
    senders.mockRestore();
    await stage.push(groupId, changes);
    expect(seen('ann')).toEqual([[counts(1, 1, 2)]]);
  });

  it('frames of 32 KB at most', async () => {
    const { groupId, of, read } = await group();
    await stage.opened.table.update({
      ...{ Key: { pk: `G#${groupId}`, sk: 'GROUP' }, UpdateExpression: 'SET lastSeq = :last' },
      ExpressionAttributeValues: { ':last': 9_000_000_000_600 },
    });
    const first = 9_000_000_000_000;
    const row = await stage.service.members.get(groupId, 'cat');
    if (!row) throw new Error('cat is a member');
    const every = Array.from({ length: 300 }, (_, i) => ({
      from: first + 2 * i,
      to: first + 2 * i,
    }));
    await stage.service.members.change(groupId, row, (member) => ({
      write: { ...member, read: every, version: member.version + 1 },
      result: undefined,
    }));
    await stage.push(groupId, await read('bob', 9_000_000_000_600));
    const updates = stage.framesTo(of('dan'), 'read_status_update');
    expect(updates.length).toBeGreaterThan(1);
    for (const update of updates) expect(JSON.stringify(update).length).toBeLessThan(32 * 1024);
    const ranges = updates.flatMap((update) => update.counts ?? []);
    for (const [i, { fromSeq }] of ranges.entries()) {
      expect(fromSeq).toBe(i === 0 ? 1 : (ranges[i - 1]?.toSeq ?? 0) + 1);
    }
  });
});

describe('when it is pushed', () => {
  it('[PU3] once a second at most, and then with the state of that moment', async () => {
    const { groupId, seen, read } = await group();
    stage.waits.length = 0;
    await stage.push(groupId, await read('bob', 1));
    stage.opened.time.now += 400;
    const late = await read('cat', 1);
    stage.fanOut = {
      ...stage.fanOut,
      wait: async (ms) => {
        await read('dan', 1);
        await stage.wait(ms);
      },
    };
    await stage.push(groupId, late);
    expect(stage.waits).toEqual([600]);
    expect(seen('dan')).toEqual([[counts(1, 1, 2)], [counts(1, 1, 4)]]);
  });

  it('[PU1] to those too who come while it waits for its turn', async () => {
    const { groupId, read } = await group();
    await stage.push(groupId, await read('bob', 1));
    const changes = await read('cat', 1);
    let late: Connection | undefined;
    stage.fanOut = {
      ...stage.fanOut,
      wait: async (ms) => {
        late = await stage.connect('dan', groupId);
        await stage.wait(ms);
      },
    };
    await stage.push(groupId, changes);
    expect(late && stage.countsTo(late)).toEqual([[counts(1, 1, 3)]]);
  });

  it('[PU8] at a pace of their own in groups of more than a thousand', async () => {
    const crowd = Array.from({ length: 1001 }, (_, i) => (i === 0 ? 'ann' : `user-${i}`));
    const groupId = 'crowd';
    const talk = await stage.begin(groupId, crowd);
    await talk.say('ann');
    const watching = await stage.connect('ann', groupId);
    const fanOut = stage.newSandbox();
    stage.waits.length = 0;
    await stage.push(groupId, await stage.read(groupId, 'user-1', 1), fanOut);
    await stage.push(groupId, await stage.read(groupId, 'user-2', 1), fanOut);
    expect(stage.waits).toEqual([2000]);
    expect(stage.countsTo(watching).at(-1)).toEqual([counts(1, 1, 3, 1001)]);
    const reads = stage.opened.units.read;
    const subscribed = await subscribeGroups(stage.service, watching, [groupId], Date.now());
    expect(subscribed).toMatchObject([{ type: 'subscription_confirmed', version: 0 }]);
    // Its rows are not read for each one who opens it.
    expect(stage.opened.units.read - reads).toBeLessThanOrEqual(2);
  });

  it('not at all, and read nothing but that, when nobody has the group open', async () => {
    await stage.begin('closed', names);
    const sent = await stage.changesOf('closed', () =>
      sendMessage(
        stage.service,
        { userId: 'ann' },
        { groupId: 'closed', clientMessageId: '1', content: 'Hello', messageType: 'text' },
      ),
    );
    const posted = stage.poster.posted.length;
    stage.opened.units.reset();
    await stage.push('closed', sent);
    expect(stage.poster.posted.length).toBe(posted);
    expect(stage.opened.units.read).toBeLessThanOrEqual(1);
  });
});
