import { countRanges, countsOf, groupVersion } from '@seenby/core/counts/counts.ts';
import { has } from '@seenby/core/ranges/range-set.ts';
import type { Counts, ReceiptLine } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';
import {
  type ReceiptCounts,
  ReceiptTracker,
} from '../../../packages/client/src/receipts/receipt-tracker.ts';
import { fc } from '../../support/properties.ts';
import { ExpectedGroup } from '../../support/reference/expected-group.ts';
import { type Event, stories } from '../../support/reference/story.ts';
import { PlayedGroup } from '../core/played-group.ts';
import { type Told, toldTo } from './support/told-story.ts';

const viewerId = 'ann';

/** What becomes of frames on their way; the pattern repeats itself. */
const ways = fc.array(
  fc.record({ place: fc.nat(), copies: fc.integer({ min: 1, max: 3 }), isLost: fc.boolean() }),
  { minLength: 1, maxLength: 100 },
);

type Apply = (tracker: ReceiptTracker) => void;

const applyAll = ({ counts, version, receipts }: Told): Apply[] => [
  (tracker) => tracker.applyCounts(counts, version),
  (tracker) => tracker.applyReceipts(receipts),
];

const asShown = ({ readCount, unreadCount, deliveredCount, totalCount }: Counts) => ({
  read: readCount,
  unread: unreadCount,
  delivered: deliveredCount,
  total: totalCount,
});

const expectTruth = (tracker: ReceiptTracker, story: readonly Event[]): void => {
  const reference = new ExpectedGroup(story);
  const { recalled } = new PlayedGroup(story).group;
  for (let seq = 1; seq <= reference.lastSeq; seq++) {
    const status = reference.status(seq);
    const others = othersIn(reference.audience(seq));
    expect(tracker.get(seq, has(recalled, seq)), `message ${seq}`).toEqual({
      ...asShown(reference.counts(seq)),
      ...{ status, others },
    });
  }
};

/** Counted one by one, whoever of them has left. */
function othersIn(audience: readonly ReceiptLine[]) {
  const others = audience.filter(({ isSender }) => !isSender);
  const total = others.length;
  const read = others.filter(({ readAt }) => readAt !== null).length;
  const delivered = others.filter(({ deliveredAt }) => deliveredAt !== null).length;
  return { read, unread: total - read, delivered, total, ratio: total > 0 ? read / total : 0 };
}

const expectConsistency = (shown: ReceiptCounts | undefined): void => {
  if (!shown) return;
  expect(shown.read + shown.unread).toBe(shown.total);
  expect(shown.read).toBeLessThanOrEqual(shown.delivered);
  expect(shown.delivered).toBeLessThanOrEqual(shown.total);
};

describe('the tracker', () => {
  it('[CT3] counts others without the author, who is never more than all of them', () => {
    const tracker = new ReceiptTracker();
    const othersOf = (readCount: number, deliveredCount: number, totalCount: number) => {
      const counts = { readCount, deliveredCount, unreadCount: totalCount - readCount, totalCount };
      const version = 1000 * totalCount + 10 * readCount + deliveredCount;
      tracker.applyCounts([{ fromSeq: 1, toSeq: 1, ...counts }], version);
      return tracker.get(1)?.others;
    };
    expect(othersOf(1, 1, 1)).toEqual({ read: 0, unread: 0, delivered: 0, total: 0, ratio: 0 });
    expect(othersOf(1, 3, 5)).toEqual({ read: 0, unread: 4, delivered: 2, total: 4, ratio: 0 });
    expect(othersOf(2, 3, 5)).toEqual({ read: 1, unread: 3, delivered: 2, total: 4, ratio: 0.25 });
    expect(othersOf(5, 5, 5)).toEqual({ read: 4, unread: 0, delivered: 4, total: 4, ratio: 1 });
    // A receipt may come before the author is known to have read.
    expect(othersOf(0, 0, 6)).toEqual({ read: 0, unread: 5, delivered: 0, total: 5, ratio: 0 });
  });

  it('[PU4] [CT8] shows the reference counts, in whatever order and however often frames come', () => {
    fc.assert(
      fc.property(stories, ways, (story, pattern) => {
        const frames = toldTo(viewerId, new PlayedGroup(story)).flatMap(applyAll);
        const arriving = frames.flatMap((apply, i) => {
          const { place = 0, copies = 1 } = pattern[i % pattern.length] ?? {};
          return Array.from({ length: copies }, (_, k) => ({ apply, place: (place + k * i) % 97 }));
        });
        const tracker = new ReceiptTracker();
        for (const { apply } of arriving.sort((a, b) => a.place - b.place)) apply(tracker);
        expectTruth(tracker, story);
      }),
    );
  });

  it('[PU4] shows the reference counts after a loss, once it has caught up', () => {
    fc.assert(
      fc.property(stories, ways, (story, pattern) => {
        const played = new PlayedGroup(story);
        const { members, group } = played;
        const frames = toldTo(viewerId, played).flatMap(applyAll);
        const tracker = new ReceiptTracker();
        for (const [i, apply] of frames.entries()) {
          if (!pattern[i % pattern.length]?.isLost) apply(tracker);
          expectConsistency(tracker.get(1 + (i % Math.max(1, group.lastSeq))));
        }
        tracker.applyCounts(countRanges(members, 1, group.lastSeq), groupVersion(members));
        expectTruth(tracker, story);
      }),
    );
  });

  it('[PU2] knows the readers of own messages before any counts tell of them', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const played = new PlayedGroup(story);
        const told = toldTo(viewerId, played);
        const tracker = new ReceiptTracker();
        for (const [i, { after, others, lastSeq }] of played.changes.entries()) {
          const { receipts, counts, version } = told[i] as Told;
          tracker.applyReceipts(receipts);
          const own = played.messages.filter(
            ({ seq, senderId }) => seq < lastSeq && senderId === viewerId,
          );
          for (const { seq } of own) {
            expect(tracker.get(seq)?.read).toBe(countsOf([...others, after], seq).readCount);
          }
          tracker.applyCounts(counts, version);
        }
      }),
    );
  });

  it('names exactly the messages whose counts became others', () => {
    fc.assert(
      fc.property(stories, (story) => {
        const tracker = new ReceiptTracker();
        const played = new PlayedGroup(story);
        const seqs = played.messages.map(({ seq }) => seq);
        for (const { counts, version } of toldTo(viewerId, played)) {
          const before = new Map(seqs.map((seq) => [seq, tracker.get(seq)]));
          const changed = tracker.applyCounts(counts, version);
          const told = counts.flatMap(({ fromSeq, toSeq }) =>
            seqs.filter((seq) => seq >= fromSeq && seq <= toSeq),
          );
          for (const seq of told) {
            const isNamed = changed.some(({ from, to }) => seq >= from && seq <= to);
            if (!isNamed) expect(tracker.get(seq)).toBe(before.get(seq));
          }
        }
      }),
    );
  });

  it('answers the same object until the counts of a message change', () => {
    const tracker = new ReceiptTracker();
    const counts = { readCount: 1, unreadCount: 2, deliveredCount: 1, totalCount: 3 };
    tracker.applyCounts([{ fromSeq: 1, toSeq: 5, ...counts }], 4);
    const before = tracker.get(3);
    tracker.applyCounts([{ fromSeq: 1, toSeq: 5, ...counts }], 5);
    expect(tracker.get(3)).toBe(before);
    tracker.applyReceipts([
      { userId: 'bo', kind: 'read', fromSeq: 3, toSeq: 3, at: 0 },
      { userId: 'cy', kind: 'read', fromSeq: 3, toSeq: 3, at: 0 },
    ]);
    expect(tracker.get(3)).toMatchObject({
      read: 2,
      unread: 1,
      delivered: 2,
      total: 3,
      status: 'sent',
    });
    expect(tracker.get(9)?.total).toBe(3);
    expect(new ReceiptTracker().get(1)).toBeUndefined();
  });

  it('[PU4] lets counts that were asked for outrank receipts from before, and keeps all others', () => {
    const tracker = new ReceiptTracker();
    const counts = { readCount: 1, unreadCount: 3, deliveredCount: 1, totalCount: 4 };
    const read = (userId: string, fromSeq: number, toSeq: number) =>
      ({ userId, kind: 'read', fromSeq, toSeq, at: 0 }) as const;
    tracker.applyReceipts([read('bo', 1, 3), read('cy', 2, 2)]);
    tracker.applyCounts([{ fromSeq: 1, toSeq: 3, ...counts }], 4);
    const shown = () => [1, 2, 3].map((seq) => tracker.get(seq)?.read);
    expect(shown()).toEqual([1, 2, 1]);
    tracker.outdate([{ from: 1, to: 2 }], []);
    expect(shown()).toEqual([1, 1, 1]);
    tracker.outdate([{ from: 1, to: 2 }], [read('di', 2, 2), read('ed', 2, 2)]);
    expect(shown()).toEqual([1, 2, 1]);
    tracker.applyReceipts([read('cy', 3, 3)]);
    expect(shown()).toEqual([1, 2, 2]);
  });

  it('counts thousands of readers who are at different places', () => {
    const tracker = new ReceiptTracker();
    const counts = { readCount: 0, unreadCount: 2000, deliveredCount: 0, totalCount: 2000 };
    tracker.applyCounts([{ fromSeq: 1, toSeq: 1000, ...counts }], 1);
    for (let i = 0; i < 2000; i++) {
      const [userId, position] = [`user-${i}`, 1 + ((i * 7) % 1000)];
      tracker.applyReceipts([{ userId, kind: 'read', fromSeq: 1, toSeq: position, at: 0 }]);
    }
    for (let seq = 1; seq <= 1000; seq++) expect(tracker.get(seq)?.read).toBe(2 * (1001 - seq));
  });
});
