import { describe, expect, it } from 'vitest';
import {
  hasAllOf,
  linesOf,
  matching,
  withReceipt,
} from '../../../demo/web/receipts/reader-lines.ts';
import type { ReceiptLine } from '../../../packages/client/src/index.ts';

const line = (userId: string, more: Partial<ReceiptLine> = {}): ReceiptLine => ({
  ...{ userId, deliveredAt: null, readAt: null },
  ...more,
});

const linesBy = (...all: ReceiptLine[]) => new Map(all.map((each) => [each.userId, each]));

const receipt = (userId: string, kind: 'read' | 'delivered' | 'played', at: number) => ({
  ...{ userId, kind, at, fromSeq: 3, toSeq: 7 },
});

describe('a receipt that was pushed', () => {
  const lines = linesBy(line('bob'), line('cy', { deliveredAt: 10, readAt: 20 }));

  it('[RD4] fills in the times; read implies delivered', () => {
    const after = withReceipt(lines, 5, receipt('bob', 'read', 30));
    expect(after.get('bob')).toEqual(line('bob', { deliveredAt: 30, readAt: 30 }));
  });

  it('[RD9] played implies read', () => {
    const after = withReceipt(lines, 5, receipt('bob', 'played', 30));
    const times = { deliveredAt: 30, readAt: 30, playedAt: 30 };
    expect(after.get('bob')).toEqual(line('bob', times));
  });

  it('[RD3] never moves a time that is earlier', () => {
    expect(withReceipt(lines, 5, receipt('cy', 'read', 99)).get('cy')).toEqual(lines.get('cy'));
  });

  it.each([2, 8])('of other messages changes nothing (seq %i)', (seq) => {
    expect(withReceipt(lines, seq, receipt('bob', 'read', 30))).toBe(lines);
  });

  it('of somebody outside the audience changes nothing', () => {
    expect(withReceipt(lines, 5, receipt('eve', 'read', 30))).toBe(lines);
  });
});

describe('[PU9] a list that was kept by receipts', () => {
  const lines = linesBy(
    line('ann', { isSender: true }),
    line('bob', { deliveredAt: 5, readAt: 9 }),
    line('cy', { deliveredAt: null, readAt: null, withoutTime: 'read' }),
    line('dan', { deliveredAt: 8 }),
    line('eve'),
  );
  const counts = { read: 3, delivered: 4, total: 5 };

  it('need not be asked for again where the counts say the same', () => {
    expect(hasAllOf(lines, counts)).toBe(true);
  });

  it.each([{ read: 4 }, { delivered: 5 }, { total: 6 }])('lacks something of %o', (more) => {
    expect(hasAllOf(lines, { ...counts, ...more })).toBe(false);
  });
});

describe('the tabs', () => {
  const lines = linesBy(
    line('ann', { isSender: true, deliveredAt: 1, readAt: 1 }),
    line('bob', { deliveredAt: 5, readAt: 9 }),
    line('cy', { deliveredAt: 6, readAt: 7 }),
    line('dan', { deliveredAt: 8, name: 'Zed' }),
    line('eve', { name: 'Amy' }),
  );
  const idsOf = (tab: 'read' | 'delivered' | 'unread') =>
    linesOf(lines, tab).map(({ userId }) => userId);

  it('[CT3] hold everybody but the sender: read and delivered by time, unread by name', () => {
    expect(idsOf('read')).toEqual(['bob', 'cy']);
    expect(idsOf('delivered')).toEqual(['dan', 'cy', 'bob']);
    expect(idsOf('unread')).toEqual(['eve', 'dan']);
  });

  it('are searched by name and id, whatever the case', () => {
    expect(matching(linesOf(lines, 'unread'), 'am').map(({ userId }) => userId)).toEqual(['eve']);
    expect(matching(linesOf(lines, 'unread'), 'DAN').map(({ userId }) => userId)).toEqual(['dan']);
    expect(matching(linesOf(lines, 'unread'), '')).toHaveLength(2);
  });
});
