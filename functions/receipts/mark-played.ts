import { setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { fromMessageId } from '@seenby/protocol/ids/message-id.ts';
import { mapResult, type ResultWithPushes } from '../push/recipients/push.ts';
import { beyondLast, notFound } from '../runtime/refusals.ts';
import { refuse } from '../runtime/result.ts';
import type { Caller, Service } from '../service/service.ts';
import { visibleMessage } from '../service/visible-message.ts';
import type { Marked } from './mark-group.ts';
import { markKnown } from './mark-messages.ts';

const playable = new Set(['voice', 'video']);

/** Marks a voice or video message as played, and with that as read and delivered. */
export async function markPlayed(
  service: Service,
  caller: Caller,
  messageId: string,
): Promise<ResultWithPushes<Pick<Marked, 'changed'>>> {
  const at = service.clock();
  const { groupId, seq } = fromMessageId(messageId);
  const membership = await service.members.membership(groupId, caller.userId, 'strong');
  if (!membership) return notFound();
  if (seq > membership.group.lastSeq) return beyondLast(membership.group.lastSeq);
  const message = await visibleMessage(service, membership, seq);
  if (!message) return notFound();
  if (!playable.has(message.messageType)) {
    return refuse('BAD_REQUEST', 'Only voice and video messages can be played.');
  }
  const mark = { caller, kind: 'played', at, rowRead: 'strong' } as const;
  const request = { groupId, seqs: setOfSeqs([seq]) };
  const marked = await markKnown(service, mark, request, membership);
  return mapResult(marked, ({ changed }) => ({ changed }));
}
