import { foldFloorOf, foldMember } from '@seenby/core/members/fold-member.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { intersect, setOfRange, setOfSeqs, union } from '@seenby/core/ranges/range-set.ts';
import { takeAction } from '@seenby/core/rate-limit.ts';
import { markUnread as putBadgeBack } from '@seenby/core/reading/marking.ts';
import { ownStateOf } from '@seenby/core/reading/own-state.ts';
import type { OwnState } from '@seenby/protocol/entities.ts';
import { budgets } from '../limits/budget.ts';
import { doneWithPushes, type ResultWithPushes } from '../push/recipients/push.ts';
import { beyondLast, notFound, overBudget, rateLimited, tooManyGaps } from '../runtime/refusals.ts';
import { type Refusal, refuse } from '../runtime/result.ts';
import { type Caller, floorOf, type Service } from '../service/service.ts';
import { afterWrite } from '../store/change-members.ts';
import { outgrowsRow } from '../store/member-size.ts';
import type { Membership } from '../store/members.ts';

/** Puts the caller's own badge back to a message, on all their devices and nowhere else. */
export async function markUnread(
  service: Service,
  caller: Caller,
  groupId: string,
  fromSeq: number,
): Promise<ResultWithPushes<OwnState>> {
  const { userId, connectionId } = caller;
  const membership = await service.members.membership(groupId, userId, 'strong');
  if (!membership) return notFound();
  const { group } = membership;
  if (fromSeq > group.lastSeq) return beyondLast(group.lastSeq);
  const floor = floorOf(service, group);
  const tell = (member: MemberState): ResultWithPushes<OwnState> => {
    const state = ownStateOf(member, group, floor);
    const frame = { type: 'read_position' as const, ...state };
    return doneWithPushes(state, [{ to: 'users', userIds: [userId], except: connectionId, frame }]);
  };
  if (isPutBack(membership, fromSeq)) {
    return onceMore(service, userId, groupId, tell(membership.member));
  }
  const refused = await whyNotSearch(service, userId, membership, fromSeq);
  if (refused) return refused;
  const senders = await service.messages.senders(
    groupId,
    firstShown(service, membership, fromSeq),
    group.lastSeq,
  );
  const own = setOfSeqs([...senders].filter(([, id]) => id === userId).map(([seq]) => seq));
  const now = service.clock();
  return service.members.change<ResultWithPushes<OwnState>>(
    groupId,
    membership.member,
    (member) => {
      if (member.left) return { result: notFound() };
      const rate = takeAction(member.nextActionAt, now);
      if (rate.outcome === 'limited') return { result: rateLimited(rate.retryAfterMs) };
      const folded = foldMember(member, foldFloorOf(group));
      // What was read past the last message looked at was read, or sent, in this very moment.
      const justNow = intersect(
        member.read,
        setOfRange(group.lastSeq + 1, Number.MAX_SAFE_INTEGER),
      );
      const badge = putBadgeBack(folded, Math.max(fromSeq, member.from), union(own, justNow));
      const write = { ...badge, nextActionAt: rate.nextActionAt };
      if (outgrowsRow(member, write)) return { result: tooManyGaps() };
      return { write, result: tell(afterWrite(write)) };
    },
  );
}

/** The row keeps the badge up to date: put back to the same message, it is as it would be. */
const isPutBack = ({ member }: Membership, fromSeq: number): boolean =>
  member.privateUnread?.fromSeq === Math.max(fromSeq, member.from);

/** Whoever asks again was not answered: their other devices may not have been told either. */
async function onceMore(
  service: Service,
  userId: string,
  groupId: string,
  outcome: ResultWithPushes<OwnState>,
): Promise<ResultWithPushes<OwnState>> {
  const again = await service.budgets.take(userId, budgets.repeatedPushes, 1, groupId);
  return again.outcome === 'allowed' || !outcome.ok ? outcome : doneWithPushes(outcome.value);
}

/** What is older is hidden from the member, and counts nowhere. */
const firstShown = (service: Service, { group, member }: Membership, fromSeq: number): number =>
  Math.max(fromSeq, member.from, floorOf(service, group) + 1);

const maxMessagesRead = 10_000;
/** Fewer cost no more than the budget's own write. */
const fewMessages = 100;

/** Own messages are found by reading all of them, so whether so many may be read is checked first. */
async function whyNotSearch(
  service: Service,
  userId: string,
  membership: Membership,
  fromSeq: number,
): Promise<Refusal | undefined> {
  const rate = takeAction(membership.member.nextActionAt, service.clock());
  if (rate.outcome === 'limited') return rateLimited(rate.retryAfterMs);
  const count = membership.group.lastSeq - firstShown(service, membership, fromSeq) + 1;
  if (count > maxMessagesRead) {
    return refuse('TOO_MANY', `fromSeq is more than ${maxMessagesRead} messages back.`);
  }
  if (count <= fewMessages) return undefined;
  const taken = await service.budgets.take(userId, budgets.unread, count);
  return taken.outcome === 'limited' ? overBudget(taken.retryAfterMs) : undefined;
}
