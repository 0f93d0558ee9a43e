import type { Receipt, ReceiptCounts, ReceiptLine } from '@seenby/client';

export type ReaderLines = ReadonlyMap<string, ReceiptLine>;

/** The same lines with a receipt that was pushed since: the earliest time of each kind stays. */
export function withReceipt(lines: ReaderLines, seq: number, receipt: Receipt): ReaderLines {
  const line = lines.get(receipt.userId);
  if (!line || seq < receipt.fromSeq || seq > receipt.toSeq) return lines;
  return new Map(lines).set(receipt.userId, applied(line, receipt));
}

function applied(line: ReceiptLine, { kind, at }: Receipt): ReceiptLine {
  const deliveredAt = Math.min(line.deliveredAt ?? at, at);
  if (kind === 'delivered') return { ...line, deliveredAt };
  const readAt = Math.min(line.readAt ?? at, at);
  if (kind === 'read') return { ...line, deliveredAt, readAt };
  return { ...line, deliveredAt, readAt, playedAt: Math.min(line.playedAt ?? at, at) };
}

/** Whether the list has all that the counts have: the receipts that moved them came with names. */
export function hasAllOf(
  lines: ReaderLines,
  { read, delivered, total }: Pick<ReceiptCounts, 'read' | 'delivered' | 'total'>,
): boolean {
  const all = [...lines.values()];
  const readers = all.filter(
    (line) => line.isSender || line.readAt !== null || isReadWithoutTime(line),
  );
  const devices = all.filter(
    (line) => line.isSender || line.deliveredAt !== null || line.withoutTime !== undefined,
  );
  return readers.length === read && devices.length === delivered && all.length === total;
}

export const readerTabs = ['read', 'delivered', 'unread'] as const;
export type ReaderTab = (typeof readerTabs)[number];

/** Those of a tab, the latest first; whoever has not read by name. The sender is in none. */
export function linesOf(lines: ReaderLines, tab: ReaderTab): ReceiptLine[] {
  const others = [...lines.values()].filter(({ isSender }) => !isSender);
  if (tab === 'read') {
    return [...latestFirst(others, ({ readAt }) => readAt), ...others.filter(isReadWithoutTime)];
  }
  if (tab === 'delivered') return latestFirst(others, ({ deliveredAt }) => deliveredAt);
  return others
    .filter((line) => line.readAt === null && !isReadWithoutTime(line))
    .sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
}

const isReadWithoutTime = ({ readAt, withoutTime }: ReceiptLine): boolean =>
  readAt === null && (withoutTime === 'read' || withoutTime === 'played');

function latestFirst(
  lines: readonly ReceiptLine[],
  timeOf: (line: ReceiptLine) => number | null,
): ReceiptLine[] {
  const timed = lines.flatMap((line) => {
    const at = timeOf(line);
    return at === null ? [] : [{ line, at }];
  });
  return timed.sort((a, b) => b.at - a.at).map(({ line }) => line);
}

export const nameOf = ({ userId, name = userId }: ReceiptLine): string => name;

/** Whose name or id contains the text. */
export const matching = (lines: readonly ReceiptLine[], text: string): readonly ReceiptLine[] =>
  text === ''
    ? lines
    : lines.filter((line) =>
        `${nameOf(line)} ${line.userId}`.toLowerCase().includes(text.toLowerCase()),
      );
