import { fromMessageId } from '../../protocol/identifiers.ts';
import { beyondLast, notFound, type Outcome, refuse } from '../outcome.ts';
import type { Caller, Service } from '../service.ts';
import { type Marked, markMessages } from './mark-messages.ts';
import { visibleMessage } from './visible-message.ts';

const playable = new Set(['voice', 'video']);

/** Marks a voice or video message as played, and with that as read and delivered. */
export async function markPlayed(
  service: Service,
  caller: Caller,
  messageId: string,
): Promise<Outcome<Pick<Marked, 'changed'>>> {
  const { groupId, seq } = fromMessageId(messageId);
  const membership = await service.members.membership(groupId, caller.userId, 'strong');
  if (!membership) return notFound();
  if (seq > membership.group.lastSeq) return beyondLast(membership.group.lastSeq);
  const message = await visibleMessage(service, membership, seq);
  if (!message) return notFound();
  if (!playable.has(message.messageType)) {
    return refuse('BAD_REQUEST', 'Only voice and video messages can be played.');
  }
  const marked = await markMessages(service, caller, 'played', [{ groupId, seqs: [seq] }]);
  if (!marked.ok) return marked;
  return { ...marked, value: { changed: marked.value[0]?.changed ?? false } };
}
