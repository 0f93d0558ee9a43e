import { mark, upToPosition } from '../../core/marking.ts';
import type { MemberState } from '../../core/member.ts';
import { intersect, type RangeSet, setOfRange, setOfSeqs, union } from '../../core/range-set.ts';
import { takeAction } from '../../core/rate-limit.ts';
import { deliveredPosition, unreadOf } from '../../core/unread.ts';
import type { ReceiptKind } from '../../protocol/entities.ts';
import { fromMessageId } from '../../protocol/identifiers.ts';
import { beyondLast, done, notFound, type Outcome, type Refusal, rateLimited } from '../outcome.ts';
import type { Push } from '../push/push.ts';
import { type Caller, floorOf, type Service } from '../service.ts';
import type { Membership } from '../store/members.ts';
import { receiptsAreOff } from './as-seen-by.ts';

const mostToldAtOnce = 500;

/** What to mark in one group: everything up to a position, or single messages. */
export type MarkRequest = { groupId: string } & ({ upTo: number } | { seqs: readonly number[] });

export interface Marked {
  groupId: string;
  readSeq: number;
  deliveredSeq: number;
  unreadCount: number;
  changed: boolean;
}

/** One request per group that the messages belong to. */
export function requestsFor(messageIds: readonly string[]): MarkRequest[] {
  const seqs = new Map<string, number[]>();
  for (const { groupId, seq } of messageIds.map(fromMessageId)) {
    seqs.set(groupId, [...(seqs.get(groupId) ?? []), seq]);
  }
  return [...seqs].map(([groupId, list]) => ({ groupId, seqs: list }));
}

/**
 * Marks messages of one or more groups. Everything is checked before anything is written; after
 * that each group is a write of its own, so a fault half-way leaves some groups marked, and a
 * retry of the whole is harmless.
 */
export async function markMessages(
  service: Service,
  caller: Caller,
  kind: ReceiptKind,
  requests: readonly MarkRequest[],
): Promise<Outcome<Marked[]>> {
  const at = service.clock();
  const groupIds = requests.map(({ groupId }) => groupId);
  const found = await service.members.memberships(groupIds, caller.userId, 'strong');
  const memberships = found.filter((membership) => membership !== undefined);
  if (memberships.length < requests.length) return notFound();
  const refusal = firstRefusal(memberships, requests, at);
  if (refusal) return refusal;
  const outcomes = await Promise.all(
    requests.map((request, i) =>
      markGroup(service, caller, kind, request, memberships[i] as Membership, at),
    ),
  );
  const failed = outcomes.find((outcome) => !outcome.ok);
  if (failed) return failed;
  const marked = outcomes.filter((outcome) => outcome.ok);
  return done(
    marked.map(({ value }) => value),
    marked.flatMap(({ pushes }) => pushes),
  );
}

function firstRefusal(
  memberships: readonly Membership[],
  requests: readonly MarkRequest[],
  now: number,
): Refusal | undefined {
  for (const [i, { group, member }] of memberships.entries()) {
    const request = requests[i] as MarkRequest;
    const highest = 'upTo' in request ? request.upTo : Math.max(...request.seqs);
    if (highest > group.lastSeq) return beyondLast(group.lastSeq);
    const rate = takeAction(member.nextActionAt, now);
    if (rate.outcome === 'limited') return rateLimited(rate.retryAfterMs);
  }
  return undefined;
}

const seqsOf = (member: MemberState, request: MarkRequest): RangeSet =>
  'upTo' in request ? upToPosition(member, request.upTo) : setOfSeqs(request.seqs);

async function markGroup(
  service: Service,
  caller: Caller,
  kind: ReceiptKind,
  request: MarkRequest,
  known: Membership,
  at: number,
): Promise<Outcome<Marked>> {
  const { groupId } = request;
  const { group } = known;
  const gone = union(setOfRange(1, floorOf(service, group)), group.recalled);
  const conceals = kind !== 'delivered' && (await concealsReading(service, group));
  return service.members.change<Outcome<Marked>>(groupId, known.member, (member) => {
    if (member.left) return { result: notFound() };
    const seqs = seqsOf(member, request);
    const marked = mark(member, kind, seqs, at, group.lastSeq, { conceals, gone });
    if (marked.outcome === 'unchanged') {
      return { result: done(answer(service, { group, member }, false)) };
    }
    const rate = takeAction(member.nextActionAt, at);
    if (rate.outcome === 'limited') return { result: rateLimited(rate.retryAfterMs) };
    const write = { ...marked.member, ...nameOf(caller), nextActionAt: rate.nextActionAt };
    const value = answer(service, { group, member: write }, true);
    const shown = intersect(marked.added, setOfRange(floorOf(service, group) + 1, group.lastSeq));
    const told = conceals || isThinnedOut(service, group) ? [] : shown;
    return { write, result: done(value, pushesFor(caller, kind, group, value, told, at)) };
  });
}

/** In a direct chat one of the two without read receipts keeps the reading of both to themselves. */
const concealsReading = async (service: Service, group: Membership['group']): Promise<boolean> =>
  group.kind === 'direct' &&
  receiptsAreOff(service, await service.members.ofGroup(group.groupId, 'strong'));

/**
 * An author in a group of thousands is told at once of some five hundred readers; the coalesced
 * counts bring all of them.
 */
const isThinnedOut = ({ random }: Service, { lastOrdinal }: Membership['group']): boolean =>
  random() * lastOrdinal >= mostToldAtOnce;

/** A display name travels in the token; the row takes it along when it is written anyway. */
const nameOf = ({ name }: Caller) => (name === undefined ? {} : { name });

function answer(service: Service, { group, member }: Membership, changed: boolean): Marked {
  const floor = floorOf(service, group);
  const { readSeq, unreadCount } = unreadOf(member, group, floor);
  return {
    groupId: group.groupId,
    readSeq,
    deliveredSeq: deliveredPosition(member, group, floor),
    unreadCount,
    changed,
  };
}

function pushesFor(
  caller: Caller,
  kind: ReceiptKind,
  group: Membership['group'],
  { groupId, readSeq, unreadCount }: Marked,
  added: RangeSet,
  at: number,
): Push[] {
  if (kind === 'delivered') return [];
  const own: Push = {
    to: 'users',
    userIds: [caller.userId],
    except: caller.connectionId,
    frame: { type: 'read_position', groupId, readSeq, unreadCount },
  };
  if (group.tracking === 'positions' || added.length === 0) return [own];
  return [{ to: 'authors', groupId, readerId: caller.userId, kind, seqs: added, at }, own];
}
