import { beforeAll, describe, expect, it, vi } from 'vitest';
import { addMembers } from '../../../functions/members/add-members.ts';
import { removeMember } from '../../../functions/members/remove-member.ts';
import { sendMessage } from '../../../functions/messages/send-message.ts';
import { countReceipts } from '../../../functions/receipts/count-receipts.ts';
import { messageKey } from '../../../functions/store/dynamodb/keys.ts';
import { subscribeGroups } from '../../../functions/sync/subscribe-groups.ts';
import { aMessage } from '../../support/fixtures/a-message.ts';
import { PushHarness } from './push-harness.ts';
import { counts, names, openWatchedGroup } from './watched-group.ts';

let harness: PushHarness;
beforeAll(async () => {
  harness = await PushHarness.open();
});

const group = (more: object = {}, memberIds = names) => openWatchedGroup(harness, more, memberIds);

it('what one push of several marks saves is counted: a frame to each for every further mark', async () => {
  const { groupId, read } = await group();
  const saved = vi.spyOn(harness.usage, 'add');
  await harness.push(groupId, [...(await read('bob', 1)), ...(await read('cat', 1))]);
  expect(saved.mock.calls).toEqual([['framesSaved', 4]]);
  saved.mockRestore();
});

describe('who sees counts', () => {
  it('all members, where visibility says so', async () => {
    const { groupId, seen, read } = await group();
    await harness.push(groupId, await read('bob', 1));
    for (const userId of names) expect(seen(userId)).toEqual([[counts(1, 1, 2)]]);
  });

  it('[TR3] only the author, each of their own messages', async () => {
    const { groupId, talk, seen, read } = await group({ visibility: 'sender' });
    await talk.say('cat');
    await harness.push(groupId, await read('bob', 2));
    expect(seen('ann')).toEqual([[counts(1, 1, 2)]]);
    expect(seen('cat')).toEqual([[counts(2, 2, 2)]]);
    expect(seen('bob')).toEqual([]);
    expect(seen('dan')).toEqual([]);
  });

  it('[PU1] the author of each of very many messages read at once', async () => {
    const { groupId, talk, seen, read } = await group({ visibility: 'sender' });
    await talk.say('cat');
    const seqs = Array.from({ length: 298 }, (_, i) => i + 3);
    await Promise.all(
      seqs.map((seq) => harness.service.messages.insert(aMessage(groupId, seq, 'dan'))),
    );
    const lastSeq = 300;
    const { table } = harness.opened;
    await table.update({
      ...{
        Key: { pk: `G#${groupId}`, sk: 'GROUP' },
        UpdateExpression:
          'SET lastSeq = :last, checkedSeq = :last, preview.senderId = :by REMOVE a1',
      },
      ExpressionAttributeValues: { ':last': lastSeq, ':by': 'dan' },
    });
    await harness.push(groupId, await read('bob', lastSeq));
    expect(seen('ann')).toEqual([[counts(1, 1, 2)]]);
    expect(seen('cat')).toEqual([[counts(2, 2, 2)]]);
    expect(seen('dan')).toEqual([[counts(3, 300, 1)]]);
  });

  it('[PU1] the author of a message that is still being stored', async () => {
    const { groupId, talk, seen, read } = await group({ visibility: 'sender' });
    await talk.say('cat');
    await harness.opened.table.deleteMany([messageKey(groupId, 2)]);
    await harness.push(groupId, await read('bob', 2));
    expect(seen('cat')).toEqual([[counts(2, 2, 2)]]);
    const asked = { groupId, from: 1, to: 2 };
    const answer = await countReceipts(harness.service, { userId: 'cat' }, asked);
    expect(answer).toMatchObject({ ok: true, value: { counts: [counts(2, 2, 2)] } });
  });

  it('[TR3] the author, admins and owner', async () => {
    const { groupId, talk, seen, read } = await group({ visibility: 'admins' });
    await talk.say('cat');
    await harness.push(groupId, await read('bob', 2));
    expect(seen('ann')).toEqual([[counts(1, 2, 2)]]);
    expect(seen('cat')).toEqual([[counts(2, 2, 2)]]);
    expect(seen('bob')).toEqual([]);
    expect(seen('dan')).toEqual([]);
  });

  it('[PU5] nobody who has left or was never in, even with a subscription that stayed', async () => {
    const { groupId, of, seen, read } = await group();
    const outsider = await harness.connect('eve', groupId);
    const before = harness.poster.posted.length;
    const changes = await harness.changesOf(groupId, () =>
      removeMember(harness.service, { userId: 'ann' }, groupId, 'dan'),
    );
    const endsAt = harness.opened.time.now + 60_000;
    await harness.service.connections.subscribe(of('dan'), [groupId], endsAt);
    await harness.push(groupId, [...changes, ...(await read('bob', 1))]);
    expect(seen('dan')).toEqual([]);
    expect(harness.countsTo(outsider)).toEqual([]);
    expect(seen('cat')).toEqual([[counts(1, 1, 2, 3)]]);
    expect(harness.poster.posted.length - before).toBe(3);
  });

  it('a new member, of the messages from where their membership begins', async () => {
    const { groupId, talk, seen, read } = await group({ historyForNewMembers: 1 });
    await talk.say('bob');
    const changes = await harness.changesOf(groupId, () =>
      addMembers(
        harness.service,
        { userId: 'ann' },
        { groupId, memberIds: ['new'], role: 'member' },
      ),
    );
    const newcomer = await harness.connect('new', groupId);
    await harness.push(groupId, [...changes, ...(await read('cat', 2))]);
    expect(harness.countsTo(newcomer)).toEqual([[counts(2, 2, 2, 5)]]);
    expect(seen('ann')).toEqual([[counts(1, 1, 2), counts(2, 2, 2, 5)]]);
  });

  it('[TR1] nobody, where positions are private', async () => {
    const { groupId, seen, read } = await group({ tracking: 'positions' });
    await harness.push(groupId, await read('bob', 1));
    for (const userId of names) expect(seen(userId)).toEqual([]);
  });

  it('[TR4] in a direct chat neither, when one of the two gives no receipts', async () => {
    const { groupId, seen, read, talk } = await group({ kind: 'direct' }, ['ann', 'bob']);
    await harness.push(groupId, await read('bob', 1));
    const two = { ...counts(1, 1, 2, 2) };
    expect([seen('ann'), seen('bob')]).toEqual([[[two]], [[two]]]);
    await harness.service.settings.change('bob', { readReceipts: false });
    const sent = await harness.changesOf(groupId, () => talk.say('ann'));
    await harness.push(groupId, sent, harness.newSandbox());
    await harness.push(groupId, await read('bob', 2));
    const shown = seen('ann')
      .flat()
      .filter(({ toSeq }) => toSeq === 2);
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.every(({ readCount }) => readCount === 1)).toBe(true);
    await harness.service.settings.change('bob', { readReceipts: true });
  });

  it('no connection that has ended', async () => {
    const { groupId, seen, read } = await group();
    const changes = await read('bob', 1);
    harness.opened.time.now += 7_200_000;
    await harness.push(groupId, changes);
    expect(seen('ann')).toEqual([]);
  });
});

describe('what a push says', () => {
  it('[PU4] absolute counts with a version that rises with every change', async () => {
    const { groupId, of, read } = await group();
    for (const userId of ['bob', 'cat']) await harness.push(groupId, await read(userId, 1));
    const updates = harness.framesTo(of('dan'), 'read_status_update');
    expect(updates.map((update) => update.counts?.[0]?.readCount)).toEqual([2, 3]);
    const [first = 0, second = 0] = updates.map(({ version }) => version ?? 0);
    expect(second).toBe(first + 1);
  });

  it('[PU4] nothing more for a batch that comes again, late or out of order', async () => {
    const { groupId, seen, read } = await group();
    const one = await read('bob', 1);
    const two = await read('cat', 1);
    await harness.push(groupId, [...two, ...one]);
    await harness.push(groupId, one);
    await harness.push(groupId, [...one, ...two]);
    await harness.push(groupId, two, harness.newSandbox());
    expect(seen('dan')).toEqual([[counts(1, 1, 3)]]);
  });

  it('[PU4] again what may still be on its way, so that a frame it overtakes is not missed', async () => {
    const { groupId, talk, seen, readOne } = await group();
    for (let n = 2; n <= 4; n++) await talk.say('ann');
    harness.opened.time.now += 90_000;
    await harness.push(groupId, await readOne('bob', 1));
    harness.opened.time.now += 60_000;
    await harness.push(groupId, await readOne('cat', 3));
    expect(seen('dan').at(-1)).toEqual([counts(1, 1, 2), counts(3, 3, 2)]);
    harness.opened.time.now += 29_000;
    await harness.push(groupId, await readOne('dan', 4), harness.newSandbox());
    expect(seen('dan').at(-1)).toEqual([counts(1, 1, 2), counts(3, 4, 2)]);
    harness.opened.time.now += 125_000;
    await harness.push(groupId, await readOne('cat', 4));
    expect(seen('dan').at(-1)).toEqual([counts(4, 4, 3)]);
  });

  it('[PU4] again what another sandbox has just pushed', async () => {
    const { groupId, talk, seen, readOne } = await group();
    await harness.push(groupId, await harness.changesOf(groupId, () => talk.say('ann')));
    harness.opened.time.now += 60_000;
    await harness.push(groupId, await readOne('bob', 1), harness.newSandbox());
    expect(seen('dan').at(-1)).toEqual([counts(1, 1, 2), counts(2, 2, 1)]);
  });

  it('[PU4] all of it again, when DynamoDB failed on the way', async () => {
    const { groupId, seen, read } = await group({ visibility: 'sender' });
    const changes = await read('bob', 1);
    const subscribers = vi.spyOn(harness.service.connections, 'subscribersOf');
    subscribers.mockRejectedValueOnce(new Error('throttled'));
    await expect(harness.push(groupId, changes)).rejects.toThrow('throttled');
    subscribers.mockRestore();
    await harness.push(groupId, changes);
    expect(seen('ann')).toEqual([[counts(1, 1, 2)]]);
  });

  it('frames of 32 KB at most', async () => {
    const { groupId, of, read } = await group();
    await harness.opened.table.update({
      ...{
        Key: { pk: `G#${groupId}`, sk: 'GROUP' },
        UpdateExpression: 'SET lastSeq = :last, checkedSeq = :last',
      },
      ExpressionAttributeValues: { ':last': 9_000_000_000_600 },
    });
    const first = 9_000_000_000_000;
    const row = await harness.service.members.get(groupId, 'cat');
    if (!row) throw new Error('cat is a member');
    const every = Array.from({ length: 300 }, (_, i) => ({
      from: first + 2 * i,
      to: first + 2 * i,
    }));
    await harness.service.members.change(groupId, row, (member) => ({
      write: { ...member, read: every, version: member.version + 1 },
      result: undefined,
    }));
    await harness.push(groupId, await read('bob', 9_000_000_000_600));
    const updates = harness.framesTo(of('dan'), 'read_status_update');
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
    await harness.push(groupId, await read('bob', 1));
    harness.opened.time.now += 400;
    await harness.fanOutOnly(groupId, await read('cat', 1));
    expect(harness.due.map(({ at }) => at - harness.opened.time.now)).toEqual([1000]);
    await read('dan', 1);
    await harness.pushDue();
    expect(seen('dan')).toEqual([[counts(1, 1, 2)], [counts(1, 1, 4)]]);
  });

  it('[PU1] to those too who come before it is due', async () => {
    const { groupId, read } = await group();
    await harness.push(groupId, await read('bob', 1));
    await harness.fanOutOnly(groupId, await read('cat', 1));
    const late = await harness.connect('dan', groupId);
    await harness.pushDue();
    expect(harness.countsTo(late)).toEqual([[counts(1, 1, 3)]]);
  });

  it('[PU8] at a pace of their own in groups of more than a thousand', async () => {
    const memberIds = Array.from({ length: 1001 }, (_, i) => (i === 0 ? 'ann' : `user-${i}`));
    const groupId = 'big-group';
    const talk = await harness.begin(groupId, memberIds);
    await talk.say('ann');
    const watching = await harness.connect('ann', groupId);
    const fanOut = harness.newSandbox();
    await harness.push(groupId, await harness.read(groupId, 'user-1', 1), fanOut);
    harness.opened.time.now += 300;
    await harness.fanOutOnly(groupId, await harness.read(groupId, 'user-2', 1), fanOut);
    expect(harness.due.map(({ at }) => at - harness.opened.time.now)).toEqual([1000]);
    await harness.pushDue();
    expect(harness.countsTo(watching).at(-1)).toEqual([counts(1, 1, 3, 1001)]);
    const reads = harness.opened.units.read;
    const subscribed = await subscribeGroups(harness.service, watching, [groupId], Date.now());
    expect(subscribed).toMatchObject([{ type: 'subscription_confirmed', version: 0 }]);
    // The group, the member and the connection: its rows are not read for each one who opens it.
    expect(harness.opened.units.read - reads).toBeLessThanOrEqual(3);
  });

  it('not at all, and read nothing but that, when nobody has the group open', async () => {
    await harness.begin('closed', names);
    const sent = await harness.changesOf('closed', () =>
      sendMessage(
        harness.service,
        { userId: 'ann' },
        { groupId: 'closed', clientMessageId: '1', content: 'Hello', messageType: 'text' },
      ),
    );
    const posted = harness.poster.posted.length;
    harness.opened.units.reset();
    await harness.push('closed', sent);
    expect(harness.poster.posted.length).toBe(posted);
    // The group's row, and a strong query: AWS takes a unit for one that finds nothing.
    expect(harness.opened.units.read).toBeLessThanOrEqual(1.5);
  });
});
