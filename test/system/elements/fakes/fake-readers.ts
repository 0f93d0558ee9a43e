import type { ElementGroup } from '../../../../packages/client/src/elements/elements.ts';
import type { ReceiptCounts, ReceiptLine } from '../../../../packages/client/src/index.ts';

type Readers = ReturnType<ReturnType<ElementGroup['watchReaders']>['getSnapshot']>;

export function receiptOf(lines: readonly ReceiptLine[]): ReceiptCounts {
  const read = lines.filter(({ readAt }) => readAt !== null).length;
  const delivered = lines.filter(({ deliveredAt }) => deliveredAt !== null).length;
  const total = lines.length;
  const unread = total - read;
  const status = read === total ? 'read' : delivered === total ? 'delivered' : 'sent';
  const others = { read: read - 1, unread, delivered: delivered - 1, total: total - 1 };
  const ratio = others.read / Math.max(1, others.total);
  return { read, unread, delivered, total, status, others: { ...others, ratio } };
}

/** Readers of a message as the SDK would have them. */
export function readersOf(seq: number, lines: readonly ReceiptLine[]): Readers {
  const author = lines.find(({ isSender }) => isSender);
  const others = lines.filter(({ isSender }) => !isSender);
  const newest = (at: (line: ReceiptLine) => number | null) =>
    others.toSorted((a, b) => (at(b) ?? 0) - (at(a) ?? 0));
  const read = newest(({ readAt }) => readAt).filter(({ readAt }) => readAt !== null);
  const delays = read.map(({ readAt }) => (readAt ?? 0) - (author?.readAt ?? 0)).toReversed();
  const delayAt = (share: number) => delays[Math.ceil(share * delays.length) - 1];
  const [medianDelayMs, p95DelayMs] = [delayAt(0.5), delayAt(0.95)];
  return {
    ...{ status: 'ready', seq, others: receiptOf(lines).others, read },
    delivered: newest(({ deliveredAt }) => deliveredAt).filter(
      ({ deliveredAt, readAt }) => deliveredAt !== null && readAt === null,
    ),
    notYet: others.filter(({ deliveredAt }) => deliveredAt === null),
    ...(author && { author }),
    ...(medianDelayMs !== undefined && { medianDelayMs }),
    ...(p95DelayMs !== undefined && { p95DelayMs }),
  };
}
