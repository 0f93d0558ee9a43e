/** A message read above the position: what was skipped below it stays unread. */
export interface SingleRead {
  seq: number;
  messageId: string;
}

/** What a member has read and received in a group and the service has not confirmed yet. */
export interface PendingReceipts {
  readUpTo: number;
  single: readonly SingleRead[];
  deliveredUpTo: number;
}

export type PendingByGroup = ReadonlyMap<string, PendingReceipts>;

export const nothingPending: PendingReceipts = { readUpTo: 0, single: [], deliveredUpTo: 0 };

/** Both together: the higher positions, and all single messages above them. */
export function mergePending(a: PendingReceipts, b: PendingReceipts): PendingReceipts {
  const readUpTo = Math.max(a.readUpTo, b.readUpTo);
  const single = new Map([...a.single, ...b.single].map((read) => [read.seq, read]));
  const deliveredUpTo = Math.max(a.deliveredUpTo, b.deliveredUpTo);
  return normalized({ readUpTo, single: [...single.values()], deliveredUpTo });
}

/** What is left once the service has confirmed these. */
export function withoutConfirmed(
  pending: PendingReceipts,
  confirmed: PendingReceipts,
): PendingReceipts {
  const done = new Set(confirmed.single.map(({ seq }) => seq));
  const { readUpTo, deliveredUpTo } = pending;
  return normalized({
    readUpTo: readUpTo <= confirmed.readUpTo ? 0 : readUpTo,
    single: pending.single.filter(({ seq }) => seq > confirmed.readUpTo && !done.has(seq)),
    deliveredUpTo: deliveredUpTo <= confirmed.deliveredUpTo ? 0 : deliveredUpTo,
  });
}

export const hasRead = ({ readUpTo, single }: Omit<PendingReceipts, 'deliveredUpTo'>): boolean =>
  readUpTo > 0 || single.length > 0;

export const isEmpty = (pending: PendingReceipts): boolean =>
  !hasRead(pending) && pending.deliveredUpTo === 0;

/** A position covers the single reads below it, and a read the delivery. */
function normalized({ readUpTo, single, deliveredUpTo }: PendingReceipts): PendingReceipts {
  return {
    readUpTo,
    single: single.filter(({ seq }) => seq > readUpTo),
    deliveredUpTo: deliveredUpTo > readUpTo ? deliveredUpTo : 0,
  };
}
