import type { ReceiptKind, ReceiptLine } from '../protocol/entities.ts';
import { deliveredTo, isInAudience } from './audience.ts';
import type { BlockMove } from './history-block.ts';
import type { MemberState } from './member.ts';
import { has } from './range-set.ts';

type Times = Partial<Record<ReceiptKind, number>>;

/** For each member (by ordinal) the earliest time of each kind for one message. */
export function earliestTimes(moves: Iterable<BlockMove>, seq: number): Map<number, Times> {
  const times = new Map<number, Times>();
  for (const move of moves) {
    if (seq >= move.from && seq <= move.to) keepEarliest(times, move.ordinal, move.kind, move.at);
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

/** The part of a message's audience that a list is about; delivered includes read. */
export function membersInState(
  members: readonly MemberState[],
  seq: number,
  state: 'read' | 'unread' | 'delivered' | undefined,
): MemberState[] {
  const audience = members.filter((member) => isInAudience(member, seq));
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
 * the member rows alone; *when* from their newest moves and the history, whichever knows first.
 */
export function receiptLines(
  members: readonly MemberState[],
  history: readonly BlockMove[],
  message: MessageFacts,
): ReceiptLine[] {
  const times = earliestTimes(withOwnMoves(members, history), message.seq);
  return members.map((member) => toLine(member, message, times.get(member.ordinal) ?? {}));
}

function* withOwnMoves(
  members: readonly MemberState[],
  history: readonly BlockMove[],
): Generator<BlockMove> {
  yield* history;
  for (const { ordinal, moves } of members) {
    for (const { kind, at, ranges } of moves) {
      for (const range of ranges) yield { ordinal, kind, at, ...range };
    }
  }
}

function toLine(member: MemberState, message: MessageFacts, known: Times): ReceiptLine {
  const { seq, senderId, createdAt } = message;
  const isSender = member.userId === senderId;
  const times = isSender ? { read: createdAt, delivered: createdAt, played: known.played } : known;
  const read = has(member.read, seq);
  const delivered = has(deliveredTo(member, seq), seq);
  const played = has(member.played, seq);
  // A move that the row has let go of before the recorder saw it was made no later than the ones
  // the row still holds: null would say that it was not made at all.
  const latest = member.moves[0]?.at ?? null;
  return {
    userId: member.userId,
    ...(member.name !== undefined && { name: member.name }),
    ...(isSender && { isSender: true as const }),
    deliveredAt: delivered ? (earliest(times.delivered, times.read, times.played) ?? latest) : null,
    readAt: read ? (earliest(times.read, times.played) ?? latest) : null,
    ...(played && { playedAt: times.played ?? latest }),
    ...(member.left && { left: true as const }),
  };
}
