import { rangeSet, setOfSeqs } from '@seenby/core/ranges/range-set.ts';
import { takeAction } from '@seenby/core/rate-limit.ts';
import type { ReceiptKind } from '@seenby/protocol/entities.ts';
import { fromMessageId } from '@seenby/protocol/ids/message-id.ts';
import { doneWithPushes, type ResultWithPushes } from '../push/recipients/push.ts';
import { beyondLast, notFound, rateLimited } from '../runtime/refusals.ts';
import type { Result } from '../runtime/result.ts';
import type { Caller, Service } from '../service/service.ts';
import type { Membership } from '../store/members.ts';
import { type Mark, type Marked, type MarkRequest, markGroup } from './mark-group.ts';

/** One request per group that the messages belong to. */
export function requestsFor(messageIds: readonly string[]): MarkRequest[] {
  const seqs = new Map<string, number[]>();
  for (const { groupId, seq } of messageIds.map(fromMessageId)) {
    seqs.set(groupId, [...(seqs.get(groupId) ?? []), seq]);
  }
  return [...seqs].map(([groupId, list]) => ({ groupId, seqs: setOfSeqs(list) }));
}

/** Any messages of one group. */
export const requestForRanges = (
  groupId: string,
  ranges: readonly { fromSeq: number; toSeq: number }[],
): MarkRequest => ({
  groupId,
  seqs: rangeSet(ranges.map(({ fromSeq, toSeq }) => ({ from: fromSeq, to: toSeq }))),
});

/** What became of the marks in one group. */
export interface GroupOutcome {
  groupId: string;
  result: Result<Marked>;
}

/**
 * Marks messages of one or more groups as read, delivered or played. Each group is marked, or refused, by
 * itself: a retry of the whole is harmless.
 */
export async function markMessages(
  service: Service,
  caller: Caller,
  kind: ReceiptKind,
  requests: readonly MarkRequest[],
): Promise<ResultWithPushes<GroupOutcome[]>> {
  const at = service.clock();
  const groupIds = requests.map(({ groupId }) => groupId);
  const found = await service.members.membershipsToChange(groupIds, caller.userId);
  const mark = { caller, kind, at, rowRead: 'eventual' } as const;
  const marked = await Promise.all(
    requests.map((request, i) => markKnown(service, mark, request, found[i])),
  );
  const outcomes = marked.map((result, i) => ({ groupId: groupIds[i] ?? '', result }));
  return doneWithPushes(
    outcomes,
    marked.flatMap((result) => (result.ok ? result.pushes : [])),
  );
}

/** The same of the only group there is: refused where the group refuses. */
export async function markOneGroup(
  service: Service,
  caller: Caller,
  kind: ReceiptKind,
  request: MarkRequest,
): Promise<ResultWithPushes<Marked>> {
  const { groupId } = request;
  const at = service.clock();
  const [membership] = await service.members.membershipsToChange([groupId], caller.userId);
  return markKnown(service, { caller, kind, at, rowRead: 'eventual' }, request, membership);
}

/** The same where the membership has been read. */
export async function markKnown(
  service: Service,
  mark: Mark,
  request: MarkRequest,
  membership: Membership | undefined,
): Promise<ResultWithPushes<Marked>> {
  if (!membership) return notFound();
  const { group, member } = membership;
  const highest = 'upTo' in request ? request.upTo : (request.seqs.at(-1)?.to ?? 0);
  if (highest > group.lastSeq) return beyondLast(group.lastSeq);
  const rate = takeAction(member.nextActionAt, mark.at);
  if (rate.outcome === 'limited') return rateLimited(rate.retryAfterMs);
  return markGroup(service, mark, request, membership);
}
