import type { MemberState, ReceiptEvent } from '@seenby/core/members/member.ts';
import { encodeRangeSet } from './codecs/range-set-codec.ts';
import { encodeReceiptEvents, newestReceiptEvents } from './codecs/receipt-event-codec.ts';

/** What the sets of a row may take, and what they and the newest receipt events may, the row being below 8 KB. */
const maxSetBytes = 6500;
const maxBytes = 7200;
/** Of somebody who marks as often as is allowed, those of the two minutes that the log may lack. */
const maxEventBytes = 1600;
const minEventBytes = 64;

/** Whether a change would leave more gaps than the row holds. One up to a position always passes. */
export function outgrowsRow(before: MemberState, after: MemberState): boolean {
  const sets = setBytes(after);
  const bytes = sets + encodeReceiptEvents(keptReceiptEvents(after)).length;
  return bytes > maxBytes || (bytes > maxSetBytes && sets > setBytes(before));
}

/** The receipt events that a member's row keeps beside its sets. */
export function keptReceiptEvents(member: MemberState): ReceiptEvent[] {
  const { receiptEvents } = member;
  if (receiptEvents.length < 2) return [...receiptEvents];
  const room = Math.min(maxEventBytes, maxSetBytes - setBytes(member));
  return newestReceiptEvents(receiptEvents, Math.max(minEventBytes, room));
}

const setBytes = (member: MemberState): number => {
  const { read, delivered, played, mentions, privateReads, privateUnread } = member;
  const { former, formerHistory } = member;
  const own = privateUnread?.own ?? [];
  return [read, delivered, played, mentions, privateReads, own, former, formerHistory]
    .map((set) => encodeRangeSet(set).length)
    .reduce((sum, length) => sum + length, 0);
};
