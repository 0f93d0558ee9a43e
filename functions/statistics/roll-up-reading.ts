import { dayOf } from '@seenby/core/day.ts';
import type { GroupState } from '@seenby/core/group.ts';
import type { MemberState } from '@seenby/core/members/member.ts';
import { has } from '@seenby/core/ranges/range-set.ts';
import { privateTimesOf } from '@seenby/core/reading/private-times.ts';
import {
  blockOf,
  blockSize,
  type LoggedReceiptEvent,
  splitReceiptEvent,
} from '@seenby/core/receipts/receipt-log-block.ts';
import { countedAt, type RetentionPeriod } from '@seenby/core/retention.ts';
import { type CountedMessage, ReadingRollUp } from '@seenby/core/statistics/reading-roll-up.ts';
import type { Message } from '@seenby/protocol/entities.ts';
import type { Service } from '../service/service.ts';

const chunkSize = 4 * blockSize;

/** Some messages, ascending, and everything known of when who got, read and played them. */
export interface Chunk {
  messages: Message[];
  receiptEvents: LoggedReceiptEvent[];
}

/** The messages from one seq to another, a few blocks at a time; tombstones are left out. */
export async function* readChunks(
  service: Service,
  groupId: string,
  members: readonly MemberState[],
  fromSeq: number,
  toSeq: number,
): AsyncGenerator<Chunk> {
  const own = ownEventsByBlock(members);
  for (let from = fromSeq; from <= toSeq; ) {
    const to = Math.min(toSeq, (Math.floor((from - 1) / chunkSize) + 1) * chunkSize);
    const blocks = Array.from(
      { length: blockOf(to) - blockOf(from) + 1 },
      (_, i) => blockOf(from) + i,
    );
    const [stored, ...recorded] = await Promise.all([
      service.messages.range(groupId, from, to),
      ...blocks.map((block) => service.receiptLog.around(groupId, block * blockSize + 1)),
    ]);
    yield {
      messages: stored.filter(({ tombstone }) => !tombstone).map(({ message }) => message),
      receiptEvents: [...recorded, ...blocks.map((block) => own.get(block) ?? [])].flat(),
    };
    from = to + 1;
  }
}

/** The newest receipt events stand in the member rows, and may not be in the receipt log yet. */
function ownEventsByBlock(members: readonly MemberState[]): Map<number, LoggedReceiptEvent[]> {
  const receiptEvents = members.flatMap(({ ordinal, receiptEvents }) =>
    receiptEvents.flatMap((event) => [...splitReceiptEvent(ordinal, event)]),
  );
  return Map.groupBy(receiptEvents, ({ block }) => block);
}

export interface Span {
  fromMs: number;
  toMs: number;
}

/**
 * How these members read the messages that one period of a group has in a span of time, both ends
 * included, by the day they were sent. A day whose messages were all recalled is there, and empty.
 */
export async function rollUpReading(
  service: Service,
  group: GroupState,
  members: readonly MemberState[],
  period: RetentionPeriod,
  { fromMs, toMs }: Span,
): Promise<Map<number, ReadingRollUp>> {
  const days = new Map<number, ReadingRollUp>();
  const { fromSeq, toSeq } = period;
  const privateTimes = privateTimesOf(group);
  for await (const chunk of readChunks(service, group.groupId, members, fromSeq, toSeq)) {
    const inSpan = chunk.messages.filter(({ createdAt }) => {
      const at = countedAt(createdAt, period);
      return at >= fromMs && at <= toMs;
    });
    const byDay = Map.groupBy(inSpan, ({ createdAt }) => dayOf(countedAt(createdAt, period)));
    for (const [day, messages] of byDay) {
      const rollUp = days.get(day) ?? new ReadingRollUp(members, { day, privateTimes });
      days.set(day, rollUp);
      rollUp.add(
        messages.filter((message) => isCounted(group, message)),
        chunk.receiptEvents,
      );
    }
  }
  return days;
}

const isCounted = ({ recalled }: GroupState, message: CountedMessage & Pick<Message, 'recalled'>) =>
  !message.recalled && !has(recalled, message.seq);
