import { foldFloorOf, foldMember } from '@seenby/core/members/fold-member.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import {
  intersect,
  type RangeSet,
  setOfRange,
  setOfSeqs,
  union,
} from '@seenby/core/ranges/range-set.ts';
import { takeAction } from '@seenby/core/rate-limit.ts';
import { mark, upToPosition } from '@seenby/core/reading/marking.ts';
import { ownStateOf } from '@seenby/core/reading/own-state.ts';
import { deliveredPosition } from '@seenby/core/reading/unread.ts';
import type { OwnState, ReceiptKind } from '@seenby/protocol/entities.ts';
import { doneWithPushes, type ResultWithPushes } from '../push/recipients/push.ts';
import { notFound, rateLimited, tooManyGaps } from '../runtime/refusals.ts';
import { type Caller, floorOf, type Service } from '../service/service.ts';
import { afterWrite } from '../store/change-members.ts';
import { outgrowsRow } from '../store/member-size.ts';
import type { Membership } from '../store/members.ts';
import { pushesOfMark } from './pushes-of-mark.ts';
import { receiptsAreOff } from './receipt-privacy.ts';

/** What to mark in one group: everything up to a position, or single messages. */
export type MarkRequest = { groupId: string } & ({ upTo: number } | { seqs: readonly number[] });

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
}

/** Marks messages of one group: one conditional write of the member's row, or none. */
export async function markGroup(
  service: Service,
  { caller, kind, at }: Mark,
  request: MarkRequest,
  { group, member: known }: Membership,
): Promise<ResultWithPushes<Marked>> {
  const floor = floorOf(service, group);
  const gone = union(setOfRange(1, floor), group.recalled);
  const isPrivate = kind !== 'delivered' && (await isReadPrivate(service, group));
  return service.members.change<ResultWithPushes<Marked>>(group.groupId, known, (member) => {
    if (member.left) return { result: notFound() };
    const folded = foldMember(member, foldFloorOf(group));
    const seqs = seqsOf(member, request);
    const marked = mark(folded, kind, seqs, at, group.lastSeq, { isPrivate, gone });
    if (marked.outcome === 'unchanged') {
      return { result: doneWithPushes(toMarked({ group, member }, floor, false)) };
    }
    const rate = takeAction(member.nextActionAt, at);
    if (rate.outcome === 'limited') return { result: rateLimited(rate.retryAfterMs) };
    const write = {
      ...marked.member,
      ...nameOf(caller, group, isPrivate),
      nextActionAt: rate.nextActionAt,
    };
    if (outgrowsRow(member, write)) return { result: tooManyGaps() };
    const value = toMarked({ group, member: afterWrite(write) }, floor, true);
    const visible = intersect(marked.added, setOfRange(floor + 1, group.lastSeq));
    const receipt = { seqs: isPrivate ? [] : visible, kind, at };
    return {
      write,
      result: doneWithPushes(value, pushesOfMark(service, caller, group, value.state, receipt)),
    };
  });
}

const seqsOf = (member: MemberState, request: MarkRequest): RangeSet =>
  'upTo' in request ? upToPosition(member, request.upTo) : setOfSeqs(request.seqs);

/** In a direct chat one of the two without read receipts keeps the reading of both to themselves. */
const isReadPrivate = async (service: Service, group: Membership['group']): Promise<boolean> =>
  group.kind === 'direct' &&
  receiptsAreOff(service, await service.members.ofGroup(group.groupId, 'strong'));

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
