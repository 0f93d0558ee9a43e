import type { GroupState } from '@seenby/core/group.ts';
import { foldFloorOf, foldMember } from '@seenby/core/members/fold-member.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import {
  difference,
  intersect,
  type RangeSet,
  setOfRange,
  union,
} from '@seenby/core/ranges/range-set.ts';
import { takeAction } from '@seenby/core/rate-limit.ts';
import { mark, upToPosition } from '@seenby/core/reading/marking.ts';
import { ownStateOf } from '@seenby/core/reading/own-state.ts';
import { deliveredPosition } from '@seenby/core/reading/unread.ts';
import type { OwnState, ReceiptKind } from '@seenby/protocol/entities.ts';
import { budgets } from '../limits/budget.ts';
import { doneWithPushes, type ResultWithPushes } from '../push/recipients/push.ts';
import { notFound, rateLimited, tooManyGaps } from '../runtime/refusals.ts';
import { type Caller, floorOf, type Service } from '../service/service.ts';
import { afterWrite, type Decide } from '../store/change-members.ts';
import { outgrowsRow } from '../store/member-size.ts';
import type { Consistency, Membership } from '../store/members.ts';
import { type NewReceipt, pushesOfMark } from './pushes-of-mark.ts';
import { openReading, privacyOfRead } from './receipt-privacy.ts';

/** What to mark in one group: everything up to a position, or any messages. */
export type MarkRequest = { groupId: string } & ({ upTo: number } | { seqs: RangeSet });

export interface Marked {
  state: OwnState;
  deliveredSeq: number;
  changed: boolean;
}

/** Who marks, what as, and when. */
export interface Mark {
  caller: Caller;
  kind: ReceiptKind;
  at: number;
  /** How the member's row was read that the mark begins with. */
  rowRead: Consistency;
}

/** Marks messages of one group: one conditional write of the member's row, or none. */
export async function markGroup(
  service: Service,
  { caller, kind, at, rowRead }: Mark,
  request: MarkRequest,
  { group, member: known }: Membership,
): Promise<ResultWithPushes<Marked>> {
  const floor = floorOf(service, group);
  const gone = union(setOfRange(1, floor), group.recalled);
  const { isPrivate, withholds } =
    kind === 'delivered' ? openReading : await privacyOfRead(service, group, known.userId);
  /** What a write was to tell of that may have been made: its answer may be lost. */
  let written: NewReceipt | undefined;
  /** What an earlier request wrote, which may have died before it told. */
  let earlier: NewReceipt | undefined;
  const decide: Decide<ResultWithPushes<Marked>> = (member) => {
    if (member.left) return { result: notFound() };
    const folded = foldMember(member, foldFloorOf(group));
    const seqs = seqsOf(member, request);
    const marked = mark(folded, kind, seqs, at, group.lastSeq, { isPrivate, gone });
    if (marked.outcome === 'unchanged') {
      const told = written && isMarkedAt(member, at) ? written : undefined;
      if (!told && !isPrivate) earlier = earlierReceipt(group, member, { seqs, kind, at });
      const value = toMarked({ group, member }, floor, told !== undefined);
      const pushes = told ? pushesOfMark(service, caller, group, value.state, told) : [];
      return { result: doneWithPushes(value, pushes) };
    }
    const rate = takeAction(member.nextActionAt, at);
    if (rate.outcome === 'limited') return { result: rateLimited(rate.retryAfterMs) };
    const visible = intersect(marked.added, setOfRange(floor + 1, group.lastSeq));
    const write = {
      ...marked.member,
      // What has expired was not read now: only a badge went.
      ...(visible.length === 0 && { receiptEvents: member.receiptEvents }),
      ...nameOf(caller, group, isPrivate),
      ...(isGiving(kind, member, marked.added) && { withholds }),
      nextActionAt: rate.nextActionAt,
    };
    if (outgrowsRow(member, write)) return { result: tooManyGaps() };
    const value = toMarked({ group, member: afterWrite(write) }, floor, true);
    written = { seqs: isPrivate ? [] : visible, kind, at };
    return {
      write,
      result: doneWithPushes(value, pushesOfMark(service, caller, group, value.state, written)),
    };
  };
  const outcome = await service.members.change(group.groupId, known, decide, rowRead);
  if (!earlier || !outcome.ok) return outcome;
  // Whoever marks again was not answered.
  const { repeatedPushes } = budgets;
  const again = await service.budgets.take(caller.userId, repeatedPushes, 1, group.groupId);
  if (again.outcome !== 'allowed') return outcome;
  const pushes = pushesOfMark(service, caller, group, outcome.value.state, earlier);
  return doneWithPushes(outcome.value, pushes);
}

/** By then a request has pushed what it wrote, or died. */
const pushingMs = 3000;
/** Clients send again what was not answered at once, or with their next connection. */
const noticeMs = 60_000;

/** What was marked of the same messages a moment ago, and may be told. */
function earlierReceipt(
  group: GroupState,
  { receiptEvents, privateReads }: MemberState,
  { seqs, kind, at }: NewReceipt,
): NewReceipt | undefined {
  const since = Math.max(at - noticeMs, group.trackingSince);
  const event = receiptEvents.findLast(
    (each) => each.kind === kind && each.at >= since && each.at <= at - pushingMs,
  );
  const marked = difference(intersect(event?.ranges ?? [], seqs), privateReads);
  return event && marked.length > 0 ? { seqs: marked, kind, at: event.at } : undefined;
}

/** Whether the row has what this request marks: written by it, before somebody else wrote the row again. */
const isMarkedAt = ({ receiptEvents }: MemberState, at: number): boolean =>
  receiptEvents.some((event) => event.at === at);

/** What was read in private before is not given by playing it. */
const isGiving = (kind: ReceiptKind, { privateReads }: MemberState, added: RangeSet): boolean =>
  kind !== 'delivered' && difference(added, privateReads).length > 0;

const seqsOf = (member: MemberState, request: MarkRequest): RangeSet =>
  'upTo' in request ? upToPosition(member, request.upTo) : request.seqs;

/**
 * A display name travels in the token; the row takes it along when it is written anyway. Where nobody may
 * know of the mark, a name that appears would tell them.
 */
const nameOf = ({ name }: Caller, { tracking }: Membership['group'], isPrivate: boolean) =>
  name === undefined || tracking === 'positions' || isPrivate ? {} : { name };

function toMarked({ group, member }: Membership, floor: number, changed: boolean): Marked {
  const deliveredSeq = deliveredPosition(member, group, floor);
  return { state: ownStateOf(member, group, floor), deliveredSeq, changed };
}
