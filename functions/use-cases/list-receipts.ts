import { concealInHistory } from '../../core/concealment.ts';
import { countsOf, statusOf } from '../../core/counts.ts';
import type { BlockMove } from '../../core/history-block.ts';
import { maySeeReceipts } from '../../core/permissions.ts';
import { membersInState, receiptLines } from '../../core/receipt-list.ts';
import type { Counts, MessageStatus, ReceiptLine } from '../../protocol/entities.ts';
import type { Cursors } from '../cursors.ts';
import { done, notFound, type Outcome, refuse } from '../outcome.ts';
import type { Caller, Service } from '../service.ts';
import { concealedFrom, withConcealed } from './as-seen-by.ts';
import { hidden } from './count-receipts.ts';
import { visibleMessage } from './visible-message.ts';

export interface ReceiptListQuery {
  groupId: string;
  seq: number;
  state?: 'read' | 'unread' | 'delivered' | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

export interface ReceiptList extends Counts {
  seq: number;
  status: MessageStatus;
  members: ReceiptLine[];
  next: string | null;
}

/** Who of a message's audience has it, has read it and has not, with times, in order of user id. */
export async function listReceipts(
  service: Service,
  cursors: Cursors,
  caller: Caller,
  query: ReceiptListQuery,
): Promise<Outcome<ReceiptList>> {
  const { groupId, seq, state, limit = 100 } = query;
  const place = ['receipts', caller.userId, groupId, seq, state ?? 'all'];
  const after = query.cursor === undefined ? '' : await cursors.open(query.cursor, place);
  if (after === undefined) return refuse('BAD_CURSOR', 'This cursor belongs to another list.');
  const membership = await service.members.membership(groupId, caller.userId, 'strong');
  const message = membership && (await visibleMessage(service, membership, seq));
  if (!membership || !message) return notFound();
  const isAuthor = message.senderId === caller.userId;
  if (!maySeeReceipts(membership.group, { role: membership.member.role, isAuthor }))
    return hidden();
  const { group } = membership;
  const [rows, recorded] = await Promise.all([
    service.members.ofGroup(groupId, 'strong'),
    service.history.around(groupId, seq),
  ]);
  const concealed = await concealedFrom(service, group, rows, caller.userId, seq, seq);
  const members = withConcealed(rows, concealed);
  const history = rows.reduce<readonly BlockMove[]>(
    (moves, { userId, ordinal }) =>
      concealInHistory(moves, ordinal, concealed.get(userId) ?? [], seq),
    recorded,
  );
  const listed = membersInState(members, seq, state).filter(({ userId }) => userId > after);
  const page = listed.slice(0, limit);
  const last = page.at(-1)?.userId;
  const counts = countsOf(members, seq);
  return done({
    seq,
    ...counts,
    status: statusOf(counts),
    members: receiptLines(page, history, message),
    next: last !== undefined && listed.length > limit ? await cursors.seal(last, place) : null,
  });
}
