import type { Recipient } from '../../store/users/connections.ts';
import type { AuthorIndex } from './author-index.ts';
import type { AddressedFrame } from './delivery.ts';
import type { ReceiptPush } from './push.ts';

/**
 * What each author of messages that somebody read or played is told: receipts of their own messages
 * only, and once they have left the group nothing. Readers are not told of what they wrote.
 */
export async function receiptsForAuthors(
  authors: AuthorIndex,
  { groupId, readerId: userId, kind, seqs, at }: ReceiptPush,
): Promise<AddressedFrame[]> {
  const byAuthor = await authors.authorsOfNewest(groupId, seqs);
  byAuthor.delete(userId);
  return [...byAuthor].map(([authorId, ranges]) => {
    const receipts = ranges.map(({ from, to }) => ({ userId, kind, fromSeq: from, toSeq: to, at }));
    const author: Recipient = { userId: authorId, memberOf: groupId };
    return { frame: { type: 'read_status_update', groupId, receipts }, recipients: [author] };
  });
}
