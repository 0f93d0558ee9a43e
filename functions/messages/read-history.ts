import { countRanges } from '@seenby/core/counts/counts.ts';
import { maySeeReceipts } from '@seenby/core/members/permissions.ts';
import { setOfSeqs, union } from '@seenby/core/ranges/range-set.ts';
import type { CountedMessage, Message } from '@seenby/protocol/entities.ts';
import type { MessagePage } from '@seenby/protocol/http-answers.ts';
import { membersVisibleTo } from '../receipts/receipt-privacy.ts';
import { notFound } from '../runtime/refusals.ts';
import { done, type Result } from '../runtime/result.ts';
import { fillLostSeqs, lostAfterMs } from '../service/fill-lost-seqs.ts';
import { type Caller, floorOf, type Service } from '../service/service.ts';
import type { Membership } from '../store/members.ts';
import type { StoredMessage } from '../store/messages/messages.ts';

export interface HistoryQuery {
  groupId: string;
  before?: number | undefined;
  after?: number | undefined;
  limit?: number | undefined;
}

/** A page of messages, ascending, each with its counts where the caller may see them. */
export async function readHistory(
  service: Service,
  caller: Caller,
  query: HistoryQuery,
): Promise<Result<MessagePage>> {
  const { groupId } = query;
  const membership = await service.members.membership(groupId, caller.userId, 'strong');
  if (!membership) return notFound();
  const { lastSeq } = membership.group;
  const [from, to] = pageBounds(service, membership, query);
  if (from > to) return done({ messages: [], lastSeq });
  const stored = await readWithoutGaps(service, membership, from, to);
  const messages = await withCounts(service, caller, membership, stored);
  return done({ messages, lastSeq });
}

function pageBounds(
  service: Service,
  { group, member }: Membership,
  { before, after, limit = 50 }: HistoryQuery,
): [from: number, to: number] {
  const first = Math.max(member.from, floorOf(service, group) + 1);
  if (after !== undefined) {
    const from = Math.max(first, after + 1);
    return [from, Math.min(group.lastSeq, from + limit - 1)];
  }
  const to = Math.min(group.lastSeq, (before ?? Infinity) - 1);
  return [Math.max(first, to - limit + 1), to];
}

/**
 * A seq without a message is one being stored this moment, or one lost to a crash. The page ends
 * before the former, so that paging on finds it; the latter becomes a tombstone.
 */
async function readWithoutGaps(
  service: Service,
  { group }: Membership,
  from: number,
  to: number,
): Promise<Message[]> {
  const stored = await service.messages.range(group.groupId, from, to);
  const lost = lostSeqs(stored, from, to, group.lastMessage?.createdAt, service.clock());
  if (lost.length === 0) return contiguous(stored, from);
  await fillLostSeqs(service, group.groupId, lost, service.clock());
  return contiguous(await service.messages.range(group.groupId, from, to), from);
}

function lostSeqs(
  stored: readonly StoredMessage[],
  from: number,
  to: number,
  newestAt: number | undefined,
  now: number,
): number[] {
  const bySeq = new Map(stored.map(({ message }) => [message.seq, message.createdAt]));
  const lost: number[] = [];
  let nextAt = newestAt ?? now;
  for (let seq = to; seq >= from; seq--) {
    const createdAt = bySeq.get(seq);
    if (createdAt !== undefined) nextAt = createdAt;
    else if (now - nextAt > lostAfterMs) lost.push(seq);
  }
  return lost;
}

function contiguous(stored: readonly StoredMessage[], from: number): Message[] {
  const end = stored.findIndex(({ message }, i) => message.seq !== from + i);
  return (end < 0 ? stored : stored.slice(0, end)).map(({ message }) => message);
}

async function withCounts(
  service: Service,
  caller: Caller,
  { group, member }: Membership,
  messages: Message[],
): Promise<CountedMessage[]> {
  const sees = (message: Message) =>
    !message.lost &&
    maySeeReceipts(group, { role: member.role, isAuthor: message.senderId === caller.userId });
  const first = messages[0];
  const last = messages.at(-1);
  if (!first || !last || !messages.some(sees)) return messages;
  const { userId } = caller;
  const members = await membersVisibleTo(service, group, userId, first.seq, last.seq);
  const taken = messages.filter(({ recalled }) => recalled).map(({ seq }) => seq);
  const recalled = union(group.recalled, setOfSeqs(taken));
  const ranges = countRanges(members, first.seq, last.seq, recalled);
  let next = 0;
  return messages.map((message) => {
    while ((ranges[next]?.toSeq ?? Infinity) < message.seq) next++;
    const range = ranges[next];
    if (!range || !sees(message)) return message;
    const { fromSeq: _from, toSeq: _to, ...counts } = range;
    return { ...message, ...counts };
  });
}
