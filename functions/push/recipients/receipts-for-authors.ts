import { intersect, newestOf, setOfRange } from '@seenby/core/ranges/range-set.ts';
import type { AuthorIndex } from '../../store/messages/author-index.ts';
import type { Recipient } from '../../store/users/connections.ts';
import type { AddressedFrame, FrameFrom } from './delivery.ts';
import { maxSeqsPerReceipt, type ReceiptPush } from './push.ts';

/**
 * What each author of messages that somebody read or played is told: receipts of their own messages
 * only, and once they have left the group nothing. Who came back sees none of what they wrote before, as
 * far as that is hidden from them. Readers are not told of what they wrote.
 */
export async function receiptsForAuthors(
  authors: AuthorIndex,
  { group, readerId: userId, kind, seqs, at }: ReceiptPush,
): Promise<AddressedFrame[]> {
  const { groupId, membersChangedAt } = group;
  const byAuthor = await authors.authorsOf(group, newestOf(seqs, maxSeqsPerReceipt));
  byAuthor.delete(userId);
  // Of seqs that were lost.
  byAuthor.delete('');
  return [...byAuthor].map(([authorId, ranges]) => {
    const author: Recipient = { userId: authorId, memberOf: groupId, membersChangedAt };
    const frame: FrameFrom = (first) => {
      const visible = intersect(ranges, setOfRange(first, Number.MAX_SAFE_INTEGER));
      const receipts = visible.map(({ from, to }) => ({
        ...{ userId, kind, fromSeq: from, toSeq: to, at },
      }));
      return receipts.length > 0 ? { type: 'read_status_update', groupId, receipts } : undefined;
    };
    return { frame, recipients: [author] };
  });
}
