import { beforeAll, describe, expect, it } from 'vitest';
import { pushDueCounts } from '../../../functions/fan-out/push-due-counts.ts';
import { countReceipts } from '../../../functions/receipts/count-receipts.ts';
import { PushHarness } from './push-harness.ts';
import { counts, openWatchedGroup } from './watched-group.ts';

let harness: PushHarness;
beforeAll(async () => {
  harness = await PushHarness.open();
});

/** So many watch that counts of older messages may wait. */
const many = [
  'ann',
  'bob',
  'cat',
  'dan',
  'eve',
  ...Array.from({ length: 25 }, (_, i) => `user-${i}`),
];
const of30 = (from: number, to: number, read: number) => counts(from, to, read, 30);

/** Its message is three minutes old, and bob's reading it was pushed. */
async function openBigGroup(more: object = {}) {
  const opened = await openWatchedGroup(harness, more, many);
  await harness.push(opened.groupId, await opened.read('bob', 1));
  expect(harness.due).toEqual([]);
  return opened;
}

describe('[PU3] counts that are due later', () => {
  it('are pushed after half the age of the message, and all at once', async () => {
    const { groupId, read, seen } = await openBigGroup();
    const pushedAt = harness.opened.time.now;
    await harness.fanOutOnly(groupId, await read('cat', 1));
    harness.opened.time.now += 10_000;
    await harness.fanOutOnly(groupId, await read('dan', 1));
    expect(harness.due.map(({ at }) => at - pushedAt)).toEqual([89_000]);
    await harness.pushDue();
    expect(seen('ann')).toEqual([[of30(1, 1, 2)], [of30(1, 1, 4)]]);
  });

  it('are pushed with those of a newer message', async () => {
    const { groupId, talk, read, seen } = await openBigGroup();
    await harness.fanOutOnly(groupId, await read('cat', 1));
    await harness.fanOutOnly(groupId, await harness.changesOf(groupId, () => talk.say('dan')));
    expect(harness.due.map(({ at }) => at - harness.opened.time.now)).toEqual([89_000, 1000]);
    await harness.pushDueBefore(harness.opened.time.now + 1000);
    expect(seen('ann').at(-1)).toEqual([of30(1, 1, 3), of30(2, 2, 1)]);
    const posted = harness.poster.posted.length;
    await harness.pushDue();
    expect(harness.poster.posted.length).toBe(posted);
  });

  it('are pushed at once when the last one has read', async () => {
    const { groupId, read, seen } = await openBigGroup();
    for (const userId of many.slice(2, -1)) {
      await harness.fanOutOnly(groupId, await read(userId, 1));
    }
    expect(seen('ann')).toHaveLength(1);
    await harness.fanOutOnly(groupId, await read(many.at(-1) ?? '', 1));
    expect(seen('ann').slice(1)).toEqual([[of30(1, 1, 30)]]);
  });

  it('are not read for each change in between', async () => {
    const { groupId, read } = await openBigGroup();
    await harness.fanOutOnly(groupId, await read('cat', 1));
    const changes = await read('dan', 1);
    harness.opened.units.reset();
    await harness.fanOutOnly(groupId, changes);
    expect(harness.opened.units).toMatchObject({ read: 0, write: 0 });
  });

  it('are shown to whoever asks meanwhile', async () => {
    const { groupId, read } = await openBigGroup();
    await harness.fanOutOnly(groupId, await read('cat', 1));
    const range = { groupId, from: 1, to: 1 };
    const answer = await countReceipts(harness.service, { userId: 'ann' }, range);
    expect(answer).toMatchObject({ value: { counts: [of30(1, 1, 3)] } });
    await harness.pushDue();
  });

  it('are not read before they are due, should the queue be early', async () => {
    const { groupId, read, seen } = await openBigGroup();
    await harness.fanOutOnly(groupId, await read('cat', 1));
    const [due] = harness.due.splice(0);
    if (!due) throw new Error('nothing is due');
    harness.opened.time.now = due.at - 300;
    const waits: number[] = [];
    const wait = async (ms: number) => {
      waits.push(ms);
      await read('dan', 1);
    };
    const service = { ...harness.service, wait };
    await pushDueCounts({ ...harness.newSandbox(), service }, due.job);
    expect(waits).toEqual([300]);
    expect(seen('ann').at(-1)).toEqual([of30(1, 1, 4)]);
  });

  it('come within a second where twenty watch', async () => {
    const { groupId, read } = await openWatchedGroup(harness, {}, many.slice(0, 20));
    await harness.push(groupId, await read('bob', 1));
    await harness.fanOutOnly(groupId, await read('cat', 1));
    expect(harness.due.map(({ at }) => at - harness.opened.time.now)).toEqual([1000]);
    await harness.pushDue();
  });

  it('are nobody’s business in a direct chat, where each push is decided by what changed', async () => {
    const direct = { kind: 'direct', historyForNewMembers: 0 };
    const { groupId, talk, read, seen } = await openWatchedGroup(harness, direct, ['ann', 'bob']);
    await harness.fanOutOnly(groupId, await read('bob', 1));
    await harness.fanOutOnly(groupId, await harness.changesOf(groupId, () => talk.say('ann')));
    await harness.fanOutOnly(groupId, await read('bob', 2));
    expect(harness.due).toEqual([]);
    expect(seen('ann').at(-1)).toEqual([counts(1, 2, 2, 2)]);
  });
});

it('[PU4] a push that is due is made, whatever another sandbox pushes before', async () => {
  const { groupId, read, talk, seen } = await openBigGroup();
  await harness.fanOutOnly(groupId, await read('cat', 1));
  const other = harness.newSandbox();
  await harness.fanOutOnly(groupId, await harness.changesOf(groupId, () => talk.say('dan')), other);
  await harness.pushDueBefore(harness.opened.time.now + 1000);
  // This sandbox knows nothing of that push, and that one is due which shows the change.
  await harness.fanOutOnly(groupId, await read('eve', 1));
  await harness.pushDue();
  expect(seen('ann').at(-1)).toContainEqual(of30(1, 1, 4));
});

it('[PU3] a push whose job does not come is made with the next change, and once', async () => {
  const { groupId, read, seen } = await openBigGroup();
  await harness.fanOutOnly(groupId, await read('cat', 1));
  const late = harness.due.splice(0);
  harness.opened.time.now = (late[0]?.at ?? 0) + 2000;
  await harness.fanOutOnly(groupId, await read('dan', 1));
  expect(seen('ann').at(-1)).toEqual([of30(1, 1, 4)]);
  const told = seen('ann').length;
  harness.opened.time.now += 250;
  await harness.fanOutOnly(groupId, await read('eve', 1));
  expect(seen('ann')).toHaveLength(told);
  const [{ job } = { job: undefined }] = late;
  if (job) await pushDueCounts(harness.newSandbox(), job);
  expect(seen('ann')).toHaveLength(told);
  await harness.pushDue();
  expect(seen('ann').at(-1)).toEqual([of30(1, 1, 5)]);
});

describe('[PU4] a push that died', () => {
  /** Its Lambda ends after it has noted that it begins. */
  async function dieOverDue(groupId: string): Promise<void> {
    const [due] = harness.due;
    if (!due) throw new Error('nothing is due');
    harness.opened.time.now = due.at;
    const dying = harness.newSandbox();
    const service = {
      ...harness.service,
      groups: { get: () => Promise.reject(new Error('died')) },
    };
    await expect(pushDueCounts({ ...dying, service: service as never }, due.job)).rejects.toThrow();
    expect((await harness.service.countPushes.read(groupId)).due).toEqual([]);
  }

  it('is made when its job comes again', async () => {
    const { groupId, read, seen } = await openBigGroup();
    await harness.fanOutOnly(groupId, await read('cat', 1));
    await dieOverDue(groupId);
    await harness.pushDue();
    expect(seen('ann').at(-1)).toEqual([of30(1, 1, 3)]);
  });

  it('is made by the next one, to those as well who are told nothing else by it', async () => {
    const { groupId, talk, read, seen } = await openBigGroup({ visibility: 'sender' });
    await harness.fanOutOnly(groupId, await read('cat', 1));
    await dieOverDue(groupId);
    harness.due = [];
    await harness.push(groupId, await harness.changesOf(groupId, () => talk.say('dan')));
    expect(seen('ann').at(-1)).toEqual([of30(1, 1, 3)]);
    expect(seen('dan').at(-1)).toEqual([of30(2, 2, 1)]);
  });

  it('is not made twice where it did not die', async () => {
    const { groupId, read, seen } = await openBigGroup();
    await harness.fanOutOnly(groupId, await read('cat', 1));
    const [due] = harness.due;
    const sandbox = harness.newSandbox();
    await harness.pushDue(sandbox);
    const told = seen('ann').length;
    if (due) await pushDueCounts(sandbox, due.job);
    expect(seen('ann')).toHaveLength(told);
  });
});

it('[PU4] of two pushes at once the one of the higher version has what the other has', async () => {
  const { groupId, read, readOne, talk, seen } = await openBigGroup();
  await talk.say('ann');
  const one = await readOne('cat', 1);
  const members = harness.service.members.ofGroup.bind(harness.service.members);
  let other: Promise<void> | undefined;
  const late = {
    ...harness.newSandbox(),
    service: {
      ...harness.service,
      members: {
        ofGroup: async (...of: Parameters<typeof members>) => {
          // The other begins and reads first; this one reads later, and has the higher version.
          other = harness.fanOutOnly(groupId, await read('dan', 2), harness.newSandbox());
          harness.opened.time.now += 600_000;
          await other;
          await readOne('cat', 2);
          return members(...of);
        },
      },
    } as never,
  };
  harness.opened.time.now += 600_000;
  await harness.fanOutOnly(groupId, one, late);
  await other;
  await harness.pushDue();
  expect(seen('ann').at(-1)).toContainEqual(of30(2, 2, 3));
});
