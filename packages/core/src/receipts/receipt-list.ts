import type { ReceiptKind, ReceiptLine } from '@seenby/protocol/entities.ts';
import { deliveredTo, isInAudience } from '../counts/audience.ts';
import type { MemberState } from '../members/member.ts';
import { emptySet, has, type RangeSet } from '../ranges/range-set.ts';
import { isPrivateTime, type TimeSpan } from '../reading/private-times.ts';
import type { LoggedReceiptEvent } from './receipt-log-block.ts';

type Times = Partial<Record<ReceiptKind, number>>;

/** For each member (by ordinal) the earliest time of each kind for one message. */
export function earliestTimes(
  receiptEvents: Iterable<LoggedReceiptEvent>,
  seq: number,
): Map<number, Times> {
  const times = new Map<number, Times>();
  for (const event of receiptEvents) {
    if (seq >= event.from && seq <= event.to)
      keepEarliest(times, event.ordinal, event.kind, event.at);
  }
  return times;
}

function keepEarliest(
  times: Map<number, Times>,
  ordinal: number,
  kind: ReceiptKind,
  at: number,
): void {
  const known = times.get(ordinal) ?? {};
  known[kind] = Math.min(known[kind] ?? Infinity, at);
  times.set(ordinal, known);
}

const earliest = (...times: (number | undefined)[]): number | null => {
  const known = times.filter((time) => time !== undefined);
  return known.length > 0 ? Math.min(...known) : null;
};

/**
 * The part of a message's audience that a list is about; delivered includes read. The audience of a
 * recalled message are those who have read it.
 */
export function membersInState(
  members: readonly MemberState[],
  seq: number,
  state: 'read' | 'unread' | 'delivered' | undefined,
  recalled: RangeSet = emptySet,
): MemberState[] {
  const isRecalled = has(recalled, seq);
  const audience = members.filter((member) =>
    isRecalled ? has(member.read, seq) : isInAudience(member, seq),
  );
  if (state === undefined) return audience;
  if (state === 'delivered') return audience.filter((member) => has(deliveredTo(member, seq), seq));
  return audience.filter((member) => has(member.read, seq) === (state === 'read'));
}

export interface MessageFacts {
  seq: number;
  senderId: string;
  createdAt: number;
}

/**
 * When each of these members of a message's audience got it, read it and played it. *Who* comes from
 * the member rows alone; *when* from their newest receipt events and the receipt log, whichever knows first.
 */
export function receiptLines(
  members: readonly MemberState[],
  logged: readonly LoggedReceiptEvent[],
  message: MessageFacts,
  privateTimes: readonly TimeSpan[] = [],
): ReceiptLine[] {
  const known = [...withOwnEvents(members, logged)];
  const isPrivate = ({ at }: LoggedReceiptEvent) => isPrivateTime(privateTimes, at);
  const times = earliestTimes(
    known.filter((event) => !isPrivate(event)),
    message.seq,
  );
  const hidden = earliestTimes(known.filter(isPrivate), message.seq);
  return members.map((member) =>
    toLine(member, message, times.get(member.ordinal) ?? {}, !hidden.has(member.ordinal)),
  );
}

function* withOwnEvents(
  members: readonly MemberState[],
  logged: readonly LoggedReceiptEvent[],
): Generator<LoggedReceiptEvent> {
  yield* logged;
  for (const { ordinal, receiptEvents } of members) {
    for (const { kind, at, ranges } of receiptEvents) {
      for (const range of ranges) yield { ordinal, kind, at, ...range };
    }
  }
}

/** @param hasTimes false where the member did something in a private time: then what has no time stays without. */
function toLine(
  member: MemberState,
  message: MessageFacts,
  known: Times,
  hasTimes: boolean,
): ReceiptLine {
  const { seq, senderId, createdAt } = message;
  const isSender = member.userId === senderId;
  const times = isSender ? { read: createdAt, delivered: createdAt, played: known.played } : known;
  const read = has(member.read, seq);
  const delivered = has(deliveredTo(member, seq), seq);
  const played = has(member.played, seq);
  // A receipt event that the row has let go of before the recorder saw it was made no later than the ones
  // the row still holds: null would say that it was not made at all.
  const latest = hasTimes ? (member.receiptEvents[0]?.at ?? null) : null;
  const deliveredAt = earliest(times.delivered, times.read, times.played) ?? latest;
  const readAt = earliest(times.read, times.played) ?? latest;
  const playedAt = times.played ?? latest;
  const withoutTime =
    (played && playedAt === null && 'played') ||
    (read && readAt === null && 'read') ||
    (delivered && deliveredAt === null && 'delivered');
  return {
    userId: member.userId,
    ...(member.name !== undefined && { name: member.name }),
    ...(isSender && { isSender: true as const }),
    deliveredAt: delivered ? deliveredAt : null,
    readAt: read ? readAt : null,
    ...(played && { playedAt }),
    ...(withoutTime && { withoutTime }),
    ...(member.left && { left: true as const }),
  };
}
