import { comparePlaces, placeByTime } from '@seenby/core/receipts/receipt-order.ts';
import type { ReceiptState } from '@seenby/protocol/entities.ts';
import { describe, expect, it } from 'vitest';

const lines = [
  { userId: 'ann', deliveredAt: 10, readAt: 50 },
  { userId: 'bob', deliveredAt: 40, readAt: 40 },
  { userId: 'cat', deliveredAt: 45, readAt: null },
  { userId: 'dan', deliveredAt: 20, readAt: null },
  { userId: 'eve', deliveredAt: null, readAt: null },
  { userId: 'fay', deliveredAt: 10, readAt: 50 },
  { userId: 'abe', deliveredAt: null, readAt: null },
];

const sorted = (state?: ReceiptState): string[] =>
  lines
    .map((line) => placeByTime(line, state))
    .sort(comparePlaces)
    .map(({ userId }) => userId);

describe('[CT4] a list by time', () => {
  it('has the newest reader first, then who has the message, then who has not', () => {
    expect(sorted()).toEqual(['ann', 'fay', 'bob', 'cat', 'dan', 'abe', 'eve']);
  });

  it('goes by what the list is about', () => {
    expect(sorted('read').slice(0, 3)).toEqual(['ann', 'fay', 'bob']);
    const byDelivery = ['cat', 'bob', 'dan', 'ann', 'fay', 'abe', 'eve'];
    expect([sorted('delivered'), sorted('unread')]).toEqual([byDelivery, byDelivery]);
  });

  it('[TR6] puts whose time is not told last, in order of user id', () => {
    expect(sorted('read').slice(3)).toEqual(['abe', 'cat', 'dan', 'eve']);
  });

  it('compares a place with itself', () => {
    for (const line of lines) {
      expect(comparePlaces(placeByTime(line, 'read'), placeByTime(line, 'read'))).toBe(0);
    }
  });
});
