import type { Counts } from '@seenby/protocol/entities.ts';
import { othersOf, type ReceiptOthers } from '../../receipts/others.ts';
import type { Reader, Readers } from '../readers.ts';

/** Also at a time that nobody may know. */
export const hasRead = ({ readAt, withoutTime = 'delivered' }: Reader): boolean =>
  readAt !== null || withoutTime !== 'delivered';

export const hasIt = ({ deliveredAt, readAt, withoutTime }: Reader): boolean =>
  deliveredAt !== null || readAt !== null || withoutTime !== undefined;

type Sorted = Omit<Readers, 'status' | 'error' | 'seq'>;

/** The lists that lines make. `isRecalled`: nobody is to read it any more. */
export function sortReaders(lines: readonly Reader[], isRecalled: boolean): Sorted {
  const author = lines.find(({ isSender }) => isSender);
  const others = lines.filter((line) => line !== author);
  const read = others.filter(hasRead).sort(newestFirst('readAt'));
  const left = isRecalled ? [] : others.filter((line) => !hasRead(line));
  const delivered = left.filter(hasIt).sort(newestFirst('deliveredAt'));
  const notYet = left.filter((line) => !hasIt(line)).sort(byName);
  const readCount = read.length + 1;
  const deliveredCount = readCount + delivered.length;
  const totalCount = deliveredCount + notYet.length;
  return {
    ...{ read, delivered, notYet },
    others: countReaders({ readCount, deliveredCount, totalCount }),
    ...(author && { author }),
    ...delaysOf(read, author?.readAt),
  };
}

export const countReaders = (counts: Omit<Counts, 'unreadCount'>): ReceiptOthers =>
  othersOf(counts.readCount, counts.deliveredCount, counts.totalCount);

/** The middle one, and the one that 95 of 100 do not exceed. */
function delaysOf(read: readonly Reader[], sentAt: number | null | undefined) {
  if (typeof sentAt !== 'number') return {};
  const delays = read
    .flatMap(({ readAt }) => (readAt === null ? [] : [Math.max(0, readAt - sentAt)]))
    .sort((a, b) => a - b);
  const nth = (n: number) => delays[n - 1] ?? 0;
  const { length } = delays;
  if (length === 0) return {};
  const middle = nth(Math.ceil(length / 2)) + nth(Math.floor(length / 2) + 1);
  return { medianDelayMs: Math.round(middle / 2), p95DelayMs: nth(Math.ceil(length * 0.95)) };
}

const newestFirst = (name: 'readAt' | 'deliveredAt') => (a: Reader, b: Reader) =>
  (b[name] ?? -1) - (a[name] ?? -1) || byId(a, b);

const byId = (a: Reader, b: Reader): number => compare(a.userId, b.userId);

const byName = (a: Reader, b: Reader): number =>
  compare(a.name ?? a.userId, b.name ?? b.userId) || byId(a, b);

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
