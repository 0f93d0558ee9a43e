import { setOfRange, setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { mark } from '@seenby/core/reading/marking.ts';
import {
  hideLoggedReads,
  hideReads,
  withoutPrivateReads,
} from '@seenby/core/reading/receipt-privacy.ts';
import type { LoggedReceiptEvent } from '@seenby/core/receipts/receipt-log-block.ts';
import { describe, expect, it } from 'vitest';
import { aMember } from '../../../support/fixtures/a-member.ts';

const reader = aMember({
  read: setOfRange(1, 4),
  played: setOfSeqs([2, 3]),
  delivered: setOfSeqs([6]),
  receiptEvents: [
    { kind: 'delivered', at: 10, ranges: setOfSeqs([3, 6]) },
    { kind: 'read', at: 20, ranges: setOfRange(1, 4) },
    { kind: 'played', at: 30, ranges: setOfSeqs([3]) },
  ],
});

describe('[TR4] reads that are hidden', () => {
  it('count as deliveries, at their time', () => {
    expect(hideReads(reader, setOfSeqs([3]))).toEqual({
      ...reader,
      read: setOfSeqs([1, 2, 4]),
      played: setOfSeqs([2]),
      delivered: setOfSeqs([3, 6]),
      receiptEvents: [
        { kind: 'delivered', at: 10, ranges: setOfSeqs([3, 6]) },
        { kind: 'read', at: 20, ranges: setOfSeqs([1, 2, 4]) },
        { kind: 'delivered', at: 20, ranges: setOfSeqs([3]) },
        { kind: 'delivered', at: 30, ranges: setOfSeqs([3]) },
      ],
    });
  });

  it('are none where nothing is to be hidden: the row stays as it is', () => {
    expect(hideReads(reader, [])).toBe(reader);
    expect(withoutPrivateReads(reader)).toBe(reader);
  });

  it('[TR6] are those that the member made in private, which are not even deliveries', () => {
    const seen = withoutPrivateReads({ ...reader, privateReads: setOfRange(3, 4) });
    expect(seen.read).toEqual(setOfRange(1, 2));
    expect(seen.delivered).toEqual(setOfSeqs([6]));
    expect(seen.receiptEvents.slice(1)).toEqual([
      { kind: 'read', at: 20, ranges: setOfRange(1, 2) },
    ]);
  });

  it('are logged as deliveries, of this member and this message alone', () => {
    const logged = (ordinal: number): LoggedReceiptEvent => ({
      ...{ ordinal, kind: 'read', from: 3, to: 3, at: 20 },
    });
    const events = [logged(1), logged(2)];
    const hidden = [{ ...logged(1), kind: 'delivered' }, logged(2)];
    expect(hideLoggedReads(events, reader, setOfSeqs([3]), 3)).toEqual(hidden);
    expect(hideLoggedReads(events, reader, setOfSeqs([3]), 4)).toBe(events);
    const inPrivate = { ...reader, privateReads: setOfSeqs([3]) };
    expect(hideLoggedReads(events, inPrivate, setOfSeqs([3]), 3)).toEqual([logged(2)]);
    const delivery: LoggedReceiptEvent = { ...logged(1), kind: 'delivered', at: 10 };
    expect(hideLoggedReads([delivery, logged(1)], inPrivate, setOfSeqs([3]), 3)).toEqual([
      delivery,
    ]);
  });
});

describe('[TR4] a mark in private', () => {
  const member = aMember({ read: setOfRange(1, 2), delivered: setOfRange(3, 5), version: 7 });

  it('is kept apart, and moves no version: for others it is what they knew', () => {
    const marked = mark(member, 'read', setOfRange(2, 4), 50, 9, { isPrivate: true });
    expect(marked).toMatchObject({
      outcome: 'advanced',
      member: { read: setOfRange(1, 4), privateReads: setOfRange(3, 4), version: 7 },
    });
  });

  it('of what was read before keeps nothing apart, though it is played now', () => {
    const marked = mark(member, 'played', setOfRange(2, 3), 50, 9, { isPrivate: true });
    expect(marked).toMatchObject({ member: { privateReads: setOfSeqs([3]) } });
  });

  it('is none where only the delivery is told', () => {
    const marked = mark(member, 'delivered', setOfSeqs([6]), 50, 9, { isPrivate: true });
    expect(marked).toMatchObject({ member: { privateReads: [], version: 8 } });
  });

  it('adds to those before it', () => {
    const before = { ...member, privateReads: setOfSeqs([1]) };
    const marked = mark(before, 'read', setOfSeqs([4]), 50, 9, { isPrivate: true });
    expect(marked).toMatchObject({ member: { privateReads: setOfSeqs([1, 4]) } });
  });

  it('[TR6] is no delivery to others: not by its time, and one that follows is', () => {
    const marked = mark(member, 'read', setOfRange(3, 7), 50, 9, { isPrivate: true });
    if (marked.outcome === 'unchanged') throw new Error('nothing was marked');
    const seen = withoutPrivateReads(marked.member);
    expect([seen.read, seen.delivered, seen.receiptEvents]).toEqual([
      setOfRange(1, 2),
      setOfRange(3, 5),
      [],
    ]);
    const delivered = mark(marked.member, 'delivered', setOfRange(1, 7), 60, 9);
    expect(delivered).toMatchObject({ outcome: 'advanced', added: setOfRange(6, 7) });
  });

  it('[TR6] of a play is never told as a play, not even of what was read before', () => {
    const played = mark(member, 'played', setOfSeqs([2, 3]), 50, 9, { isPrivate: true });
    expect(played).toMatchObject({
      member: { played: [], read: setOfRange(1, 3), privateReads: setOfSeqs([3]), version: 7 },
    });
  });
});
