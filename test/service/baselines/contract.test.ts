import { beforeEach, describe, expect, it } from 'vitest';
import { type Design, designs, type Place } from '../../../bench/baselines/all-designs.ts';
import type { GroupStore } from '../../../bench/baselines/design.ts';
import { openPlace } from './open-place.ts';

const memberIds = ['ann', 'bob', 'cat', 'dan'];
const start = Date.UTC(2026, 0, 15, 9);
const at = (second: number) => start + second * 1000;
/** A test of what not every design promises. */
const when = (isPromised: boolean) => (isPromised ? it : () => undefined);

async function openGroup(design: Design): Promise<{ group: GroupStore; place: Place }> {
  const place = await openPlace(design);
  const group = design.open(place, 'team');
  await group.createGroup(memberIds);
  return { group, place };
}

describe.each(designs)('the design "$name"', (design) => {
  const { promises } = design;
  let group: GroupStore;
  beforeEach(async () => {
    ({ group } = await openGroup(design));
    for (let seq = 1; seq <= 3; seq++) {
      expect(await group.send('ann', `message ${seq}`, at(seq))).toBe(seq);
    }
  });

  const read = (userId: string, seqs: number[], second: number) =>
    group.read({ userId, seqs, at: at(second) });
  const readIds = async (seq: number) => (await group.readers(seq)).map(({ userId }) => userId);

  it('begins with nobody having read', async () => {
    expect(await group.counts(1)).toEqual({ delivered: 0, read: 0, total: 3 });
    expect(await group.readers(1)).toEqual([]);
    expect(await Promise.all(memberIds.map((userId) => group.unread(userId)))).toEqual([
      ...[0, 3, 3, 3],
    ]);
  });

  it('counts a mark of several messages once for each, and lists the reader', async () => {
    await read('bob', [1, 2], 10);
    const whole = { delivered: 1, read: 1, total: 3 };
    expect(await group.counts(1)).toEqual(whole);
    expect(await group.counts(2)).toEqual(whole);
    expect(await group.counts(3)).toEqual({ delivered: 0, read: 0, total: 3 });
    expect([await readIds(2), await readIds(3)]).toEqual([['bob'], []]);
    expect([await group.unread('bob'), await group.unread('cat')]).toEqual([1, 3]);
  });

  it('counts a message marked twice once', async () => {
    await read('bob', [1, 2], 10);
    await read('bob', [1, 2, 3], 20);
    await read('bob', [1], 30);
    for (const seq of [1, 2, 3]) {
      expect(await group.counts(seq)).toEqual({ delivered: 1, read: 1, total: 3 });
    }
    expect(await group.unread('bob')).toBe(0);
  });

  it('counts everyone who reads at the same time', async () => {
    await Promise.all(['bob', 'cat', 'dan'].map((userId) => read(userId, [1, 2, 3], 10)));
    expect(await group.counts(3)).toEqual({ delivered: 3, read: 3, total: 3 });
    expect(await readIds(2)).toEqual(['bob', 'cat', 'dan']);
  });

  it('counts an own message as unread for the others only', async () => {
    await read('bob', [1, 2, 3], 10);
    expect(await group.send('bob', 'an answer', at(11))).toBe(4);
    expect(await Promise.all(memberIds.map((userId) => group.unread(userId)))).toEqual([
      ...[1, 0, 4, 4],
    ]);
    expect(await group.counts(4)).toEqual({ delivered: 0, read: 0, total: 3 });
  });

  when(promises.deliveries)('counts deliveries, of which reads are some', async () => {
    await group.deliver({ userId: 'bob', seqs: [1, 2, 3], at: at(5) });
    await group.deliver({ userId: 'bob', seqs: [1], at: at(6) });
    expect(await group.counts(1)).toEqual({ delivered: 1, read: 0, total: 3 });
    await read('bob', [1], 10);
    await read('cat', [1], 11);
    await group.deliver({ userId: 'cat', seqs: [1], at: at(12) });
    expect(await group.counts(1)).toEqual({ delivered: 2, read: 2, total: 3 });
    expect(await group.unread('bob')).toBe(2);
  });

  when(promises.anyOrder)('reads messages in any order', async () => {
    await read('bob', [3], 10);
    expect(await group.counts(1)).toEqual({ delivered: 0, read: 0, total: 3 });
    expect(await group.unread('bob')).toBe(2);
    await group.send('bob', 'an answer', at(11));
    expect(await group.unread('bob')).toBe(2);
    await read('bob', [1, 2], 12);
    expect([await readIds(1), await group.unread('bob')]).toEqual([['bob'], 0]);
  });

  when(!promises.anyOrder)('reads all before the message that is read', async () => {
    await read('bob', [3], 10);
    expect(await readIds(1)).toEqual(['bob']);
    expect(await group.unread('bob')).toBe(0);
  });

  when(promises.times)('lists the first time that each has read', async () => {
    await read('cat', [1], 10);
    await group.settle?.();
    await read('bob', [1, 2], 20);
    await read('cat', [1, 2], 30);
    const lists = async () => [await group.readers(1), await group.readers(2)];
    const expected = [
      [
        { userId: 'bob', readAt: at(20) },
        { userId: 'cat', readAt: at(10) },
      ],
      [
        { userId: 'bob', readAt: at(20) },
        { userId: 'cat', readAt: at(30) },
      ],
    ];
    expect(await lists()).toEqual(expected);
    await group.settle?.();
    expect(await lists()).toEqual(expected);
  });

  when(!promises.times)('lists readers without times', async () => {
    await read('cat', [1], 10);
    expect(await group.readers(1)).toEqual([{ userId: 'cat', readAt: null }]);
  });
});

describe.each(designs)('a mark that breaks off and is repeated, in "$name"', (design) => {
  /** Whether counts and lists agree after the request of this number has failed; undefined if none did. */
  async function agreesAfter(request: number): Promise<boolean | undefined> {
    const { group, place } = await openGroup(design);
    await group.send('ann', 'one', at(1));
    await group.send('ann', 'two', at(2));
    let left = request;
    place.documents.middlewareStack.add(
      (next) => (args) => {
        left -= 1;
        if (left === 0) throw new Error('the database is down');
        return next(args);
      },
      { step: 'initialize' },
    );
    const mark = { userId: 'bob', seqs: [1, 2], at: at(10) };
    const isWhole = await group.read(mark).then(
      () => true,
      () => false,
    );
    if (isWhole) return undefined;
    await group.read(mark);
    const counted = [await group.counts(1), await group.counts(2)].map((counts) => counts.read);
    const listed = [await group.readers(1), await group.readers(2)].map(({ length }) => length);
    return counted.join() === '1,1' && listed.join() === '1,1';
  }

  it(`leaves counts that ${design.promises.exactAfterFailure ? 'agree' : 'may not agree'} with the list`, async () => {
    const outcomes: boolean[] = [];
    for (;;) {
      const agrees = await agreesAfter(outcomes.length + 1);
      if (agrees === undefined) break;
      outcomes.push(agrees);
    }
    expect(outcomes.length).toBeGreaterThan(0);
    expect(outcomes.every(Boolean)).toBe(design.promises.exactAfterFailure);
  });
});
