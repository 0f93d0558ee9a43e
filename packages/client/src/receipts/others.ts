/** Counts of a message's readers without its author, as people count them. */
export interface ReceiptOthers {
  readonly read: number;
  readonly unread: number;
  readonly delivered: number;
  readonly total: number;
  /** `read` of `total`, from 0 to 1; 0 where there is nobody else. */
  readonly ratio: number;
}

/** A message is read by its author from the start. While that is not told, nobody is left out of the readers. */
export function othersOf(allRead: number, allDelivered: number, all: number): ReceiptOthers {
  const read = withoutOne(allRead);
  const total = withoutOne(all);
  const delivered = withoutOne(allDelivered);
  return { read, unread: total - read, delivered, total, ratio: total && read / total };
}

const withoutOne = (count: number): number => Math.max(count - 1, 0);
