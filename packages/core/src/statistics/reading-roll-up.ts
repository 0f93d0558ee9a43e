import { audienceOf } from '../counts/audience.ts';
import { dayOf } from '../day.ts';
import type { MemberState } from '../members/member.ts';
import {
  difference,
  emptySet,
  has,
  intersect,
  type RangeSet,
  rangeAt,
  setOfRange,
  setOfSeqs,
  sizeOf,
  union,
} from '../ranges/range-set.ts';
import { isPrivateTime, type TimeSpan } from '../reading/private-times.ts';
import type { LoggedReceiptEvent } from '../receipts/receipt-log-block.ts';
import { DelayList } from './delay-list.ts';

/** A message as far as statistics go. */
export interface CountedMessage {
  seq: number;
  senderId: string;
  createdAt: number;
}

/** What one member did with the messages of others. */
export interface Reading {
  messages: number;
  read: number;
  /** Over the reads whose time is known. */
  delaySumMs: number;
  delayCount: number;
}

/** By ordinal. */
type Readings = Map<number, Reading>;

const nothing: Readonly<Reading> = { messages: 0, read: 0, delaySumMs: 0, delayCount: 0 };

/**
 * Who of the members read what of some messages, and how soon. *Who* comes from the member rows,
 * *when* from receipt events. Messages come in chunks, each once, so that a long day needs little memory.
 *
 * A member's own figures are of all that was theirs to read. Those of the group leave out newcomers where
 * the messages are of a day before theirs, and times that are nobody's to know.
 */
export class ReadingRollUp {
  readonly group = { audience: 0, reads: 0, delays: new DelayList(), readers: new Set<number>() };
  readonly #members: ReadonlyMap<number, MemberState>;
  readonly #privateTimes: readonly TimeSpan[];
  readonly #day: number;
  readonly #readings: Readings = new Map();
  readonly #counted: Readings = new Map();
  #messages = 0;
  #seqs = emptySet;

  /** @param day of all the messages, if there is one. */
  constructor(
    members: readonly MemberState[],
    {
      day = Infinity,
      privateTimes = [],
    }: { day?: number; privateTimes?: readonly TimeSpan[] } = {},
  ) {
    this.#members = new Map(members.map((member) => [member.ordinal, member]));
    this.#day = day;
    this.#privateTimes = privateTimes;
  }

  get messages(): number {
    return this.#messages;
  }

  /** Of each member, by ordinal. */
  readings(): ReadonlyMap<number, Readonly<Reading>> {
    return this.#readings;
  }

  /** The same as far as it counts for the group: what others may know of each member. */
  countedReadings(): ReadonlyMap<number, Readonly<Reading>> {
    return this.#counted;
  }

  /** What of these messages is the member's to read, and not read. */
  unreadBy(member: MemberState): RangeSet {
    const all = ownAudienceOf(member, this.#seqs.at(-1)?.to ?? 0);
    return intersect(this.#seqs, difference(all, member.read));
  }

  /** @param receiptEvents of at least these messages, as often and in whatever order they come. */
  add(messages: readonly CountedMessage[], receiptEvents: Iterable<LoggedReceiptEvent>): void {
    if (messages.length === 0) return;
    this.#messages += messages.length;
    this.#countReads(messages);
    this.#countDelays(messages, receiptEvents);
  }

  #countReads(messages: readonly CountedMessage[]): void {
    const all = setOfSeqs(messages.map(({ seq }) => seq));
    this.#seqs = union(this.#seqs, all);
    const lastSeq = all.at(-1)?.to ?? 0;
    const bySender = Map.groupBy(messages, ({ senderId }) => senderId);
    for (const member of this.#members.values()) {
      const own = setOfSeqs((bySender.get(member.userId) ?? []).map(({ seq }) => seq));
      const others = own.length > 0 ? difference(all, own) : all;
      const reading = readingIn(this.#readings, member.ordinal);
      reading.messages += sizeOf(intersect(ownAudienceOf(member, lastSeq), others));
      reading.read += sizeOf(intersect(member.read, others));
      const audience = intersect(this.#audienceOf(member, lastSeq), others);
      const reads = sizeOf(intersect(member.read, audience));
      const counted = readingIn(this.#counted, member.ordinal);
      counted.messages += sizeOf(audience);
      counted.read += reads;
      this.group.audience += sizeOf(audience);
      this.group.reads += reads;
      if (reads > 0) this.group.readers.add(member.ordinal);
    }
  }

  /** As far as it counts for the group. */
  #audienceOf(member: MemberState, lastSeq: number): RangeSet {
    const audience = audienceOf(member, lastSeq);
    const isNewcomer = dayOf(member.joinedAt) > this.#day;
    return isNewcomer ? intersect(audience, formerPresenceOf(member)) : audience;
  }

  #countDelays(
    messages: readonly CountedMessage[],
    receiptEvents: Iterable<LoggedReceiptEvent>,
  ): void {
    const first = messages.reduce((least, { seq }) => Math.min(least, seq), Infinity);
    const bySeq: (CountedMessage | undefined)[] = [];
    for (const message of messages) bySeq[message.seq - first] = message;
    for (const [ordinal, times] of this.#earliestReads(first, bySeq, receiptEvents)) {
      const member = this.#members.get(ordinal);
      if (member) this.#countTimes(member, times, bySeq);
    }
  }

  #countTimes(
    member: MemberState,
    times: Float64Array,
    bySeq: readonly (CountedMessage | undefined)[],
  ): void {
    const reading = readingIn(this.#readings, member.ordinal);
    const counted = readingIn(this.#counted, member.ordinal);
    const present = presenceOf(member, Number.MAX_SAFE_INTEGER);
    const audience = this.#audienceOf(member, Number.MAX_SAFE_INTEGER);
    for (let i = 0; i < times.length; i++) {
      const [at = Infinity, message] = [times[i], bySeq[i]];
      if (at === Infinity || !message) continue;
      const wasThere = has(present, message.seq);
      const delayMs = Math.max(0, at - firstSeenAt(member, message, at, wasThere));
      reading.delaySumMs += delayMs;
      reading.delayCount += 1;
      const isCounted = has(audience, message.seq) && !isPrivateTime(this.#privateTimes, at);
      if (!isCounted) continue;
      this.group.delays.add(delayMs);
      counted.delaySumMs += delayMs;
      counted.delayCount += 1;
    }
  }

  /**
   * By ordinal, for each seq from the first message on; Infinity where it is not known. The same
   * read may be told more than once: its first time counts.
   */
  #earliestReads(
    first: number,
    bySeq: readonly (CountedMessage | undefined)[],
    receiptEvents: Iterable<LoggedReceiptEvent>,
  ): Map<number, Float64Array> {
    const all = new Map<number, Float64Array>();
    for (const { ordinal, kind, from, to, at } of receiptEvents) {
      const member = this.#members.get(ordinal);
      if (!member || kind === 'delivered') continue;
      const times = all.get(ordinal) ?? new Float64Array(bySeq.length).fill(Infinity);
      all.set(ordinal, times);
      for (const read of within(member.read, Math.max(from, first), to)) {
        const end = Math.min(read.to - first, bySeq.length - 1);
        for (let i = read.from - first; i <= end; i++) {
          if (bySeq[i]?.senderId === member.userId) continue;
          if (at < (times[i] ?? 0)) times[i] = at;
        }
      }
    }
    return all;
  }
}

function readingIn(readings: Readings, ordinal: number): Reading {
  const known = readings.get(ordinal);
  if (known) return known;
  const reading = { ...nothing };
  readings.set(ordinal, reading);
  return reading;
}

/** All that was ever theirs to read: leaving takes nothing away from a member's own figures. */
const ownAudienceOf = (member: MemberState, lastSeq: number): RangeSet =>
  union(audienceOf(member, lastSeq), member.former);

/** What came while they were in the group, in earlier memberships or in whichever. */
const formerPresenceOf = ({ former, formerHistory }: MemberState): RangeSet =>
  difference(former, formerHistory);

const presenceOf = (member: MemberState, lastSeq: number): RangeSet =>
  union(formerPresenceOf(member), member.left ? emptySet : setOfRange(member.since, lastSeq));

/** A delay runs from when the member could see the message for the first time. */
const firstSeenAt = (
  { joinedAt }: MemberState,
  { createdAt }: CountedMessage,
  at: number,
  wasThere: boolean,
): number => (wasThere || at < joinedAt ? createdAt : Math.max(createdAt, joinedAt));

/** What of a run of seqs is in a set; most of the time all of it is in one range. */
function within(set: RangeSet, from: number, to: number): RangeSet {
  const range = rangeAt(set, from);
  return range && range.to >= to ? [{ from, to }] : intersect(set, setOfRange(from, to));
}

export const addReadings = (readings: Iterable<Readonly<Reading>>): Reading => {
  const sum = { ...nothing };
  for (const { messages, read, delaySumMs, delayCount } of readings) {
    sum.messages += messages;
    sum.read += read;
    sum.delaySumMs += delaySumMs;
    sum.delayCount += delayCount;
  }
  return sum;
};
