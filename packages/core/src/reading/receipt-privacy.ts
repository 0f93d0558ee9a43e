import type { MemberState, ReceiptEvent } from '../members/member.ts';
import { difference, has, intersect, type RangeSet, union } from '../ranges/range-set.ts';
import type { LoggedReceiptEvent } from '../receipts/receipt-log-block.ts';

/**
 * A member row without the reading of these messages. What was read for others to see then only counts as
 * delivery; a private read is not even that, or the time of the delivery would be its own.
 */
export function hideReads(member: MemberState, seqs: RangeSet): MemberState {
  if (seqs.length === 0) return member;
  const { privateReads } = member;
  const shown = difference(seqs, privateReads);
  return {
    ...member,
    read: difference(member.read, seqs),
    played: difference(member.played, seqs),
    delivered: union(member.delivered, intersect(member.read, shown)),
    receiptEvents: member.receiptEvents.flatMap((event) => hideReadEvent(event, seqs, shown)),
  };
}

/** A member row as anybody else may see it. */
export const withoutPrivateReads = (member: MemberState): MemberState =>
  hideReads(member, member.privateReads);

function hideReadEvent(event: ReceiptEvent, seqs: RangeSet, shown: RangeSet): ReceiptEvent[] {
  if (event.kind === 'delivered') return [event];
  const parts: ReceiptEvent[] = [
    { ...event, ranges: difference(event.ranges, seqs) },
    { ...event, kind: 'delivered', ranges: intersect(event.ranges, shown) },
  ];
  return parts.filter(({ ranges }) => ranges.length > 0);
}

/** The same for recorded receipt events, as far as they matter for one message. */
export const hideLoggedReads = (
  logged: readonly LoggedReceiptEvent[],
  { ordinal, privateReads }: MemberState,
  seqs: RangeSet,
  seq: number,
): readonly LoggedReceiptEvent[] => {
  if (!has(seqs, seq)) return logged;
  const isHidden = (event: LoggedReceiptEvent) =>
    event.ordinal === ordinal && event.kind !== 'delivered';
  if (has(privateReads, seq)) return logged.filter((event) => !isHidden(event));
  return logged.map((event) => (isHidden(event) ? { ...event, kind: 'delivered' } : event));
};
