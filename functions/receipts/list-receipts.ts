import { countsOf, statusOf } from '@seenby/core/counts/counts.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { maySeeReceipts } from '@seenby/core/members/permissions.ts';
import { setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { hideLoggedReads } from '@seenby/core/reading/receipt-privacy.ts';
import { membersInState, receiptLines } from '@seenby/core/receipts/receipt-list.ts';
import type { LoggedReceiptEvent } from '@seenby/core/receipts/receipt-log-block.ts';
import type { ReceiptPage } from '@seenby/protocol/entities.ts';
import { notFound, receiptsHidden } from '../runtime/refusals.ts';
import { done, type Result, refuse } from '../runtime/result.ts';
import type { Caller, Service } from '../service/service.ts';
import { visibleMessage } from '../service/visible-message.ts';
import type { Cursors } from '../store/cursors.ts';
import { type ReceiptListQuery, ReceiptPages } from './receipt-pages.ts';
import { hiddenReadsFor, withoutHiddenReads } from './receipt-privacy.ts';

/** Who of a message's audience has it, has read it and has not, with times. */
export async function listReceipts(
  service: Service,
  cursors: Cursors,
  caller: Caller,
  query: ReceiptListQuery,
): Promise<Result<ReceiptPage>> {
  const { groupId, seq, state } = query;
  const pages = new ReceiptPages(cursors, caller.userId, query);
  const after = await pages.open();
  if (after === undefined) return refuse('BAD_CURSOR', 'This cursor belongs to another list.');
  const membership = await service.members.membership(groupId, caller.userId, 'strong');
  const message = membership && (await visibleMessage(service, membership, seq));
  if (!membership || !message) return notFound();
  const isAuthor = message.senderId === caller.userId;
  if (!maySeeReceipts(membership.group, { role: membership.member.role, isAuthor }))
    return receiptsHidden();
  const { group } = membership;
  const [rows, recorded] = await Promise.all([
    service.members.ofGroup(groupId, 'strong'),
    service.receiptLog.around(groupId, seq),
  ]);
  const hiddenReads = await hiddenReadsFor(service, group, rows, caller.userId, seq, seq);
  const members = withoutHiddenReads(rows, hiddenReads);
  const logged = rows.reduce<readonly LoggedReceiptEvent[]>(
    (receiptEvents, row) =>
      hideLoggedReads(receiptEvents, row, hiddenReads.get(row.userId) ?? [], seq),
    recorded,
  );
  const recalled = message.recalled ? setOfSeqs([seq]) : group.recalled;
  const listed = membersInState(members, seq, state, recalled);
  const toLines = (some: readonly MemberState[]) =>
    receiptLines(some, logged, message, group.privateTimes);
  const counts = countsOf(members, seq, recalled);
  return done({
    seq,
    ...counts,
    status: statusOf(counts),
    ...(await pages.of(listed, toLines, after)),
  });
}
