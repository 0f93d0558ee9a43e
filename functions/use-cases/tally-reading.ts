import { dayOf } from '../../core/day.ts';
import type { GroupState } from '../../core/group.ts';
import { type BlockMove, blockOf, blockSize, splitMove } from '../../core/history-block.ts';
import type { MemberState } from '../../core/member.ts';
import { has } from '../../core/range-set.ts';
import { type CountedMessage, ReadingTally } from '../../core/reading-tally.ts';
import { countedAt, type StepOfMessages } from '../../core/retention.ts';
import type { Message } from '../../protocol/entities.ts';
import type { Service } from '../service.ts';

const chunkSize = 4 * blockSize;

/** Some messages, ascending, and everything known of when who got, read and played them. */
export interface Chunk {
  messages: Message[];
  moves: BlockMove[];
}

/** The messages from one seq to another, a few blocks at a time; tombstones are left out. */
export async function* readChunks(
  service: Service,
  groupId: string,
  members: readonly MemberState[],
  fromSeq: number,
  toSeq: number,
): AsyncGenerator<Chunk> {
  const own = ownMovesByBlock(members);
  for (let from = fromSeq; from <= toSeq; ) {
    const to = Math.min(toSeq, (Math.floor((from - 1) / chunkSize) + 1) * chunkSize);
    const blocks = Array.from(
      { length: blockOf(to) - blockOf(from) + 1 },
      (_, i) => blockOf(from) + i,
    );
    const [stored, ...recorded] = await Promise.all([
      service.messages.range(groupId, from, to),
      ...blocks.map((block) => service.history.around(groupId, block * blockSize + 1)),
    ]);
    yield {
      messages: stored.filter(({ tombstone }) => !tombstone).map(({ message }) => message),
      moves: [...recorded, ...blocks.map((block) => own.get(block) ?? [])].flat(),
    };
    from = to + 1;
  }
}

/** The newest moves stand in the member rows, and may not be in the history yet. */
function ownMovesByBlock(members: readonly MemberState[]): Map<number, BlockMove[]> {
  const moves = members.flatMap(({ ordinal, moves }) =>
    moves.flatMap((move) => [...splitMove(ordinal, move)]),
  );
  return Map.groupBy(moves, ({ block }) => block);
}

export interface Span {
  fromMs: number;
  toMs: number;
}

/**
 * How these members read the messages that one step of a group has in a span of time, both ends
 * included, by the day they were sent. A day whose messages were all recalled is there, and empty.
 */
export async function tallyReading(
  service: Service,
  group: GroupState,
  members: readonly MemberState[],
  step: StepOfMessages,
  { fromMs, toMs }: Span,
): Promise<Map<number, ReadingTally>> {
  const days = new Map<number, ReadingTally>();
  const { fromSeq, toSeq } = step;
  for await (const chunk of readChunks(service, group.groupId, members, fromSeq, toSeq)) {
    const inSpan = chunk.messages.filter(({ createdAt }) => {
      const at = countedAt(createdAt, step);
      return at >= fromMs && at <= toMs;
    });
    const byDay = Map.groupBy(inSpan, ({ createdAt }) => dayOf(countedAt(createdAt, step)));
    for (const [day, messages] of byDay) {
      const tally = days.get(day) ?? new ReadingTally(members);
      days.set(day, tally);
      tally.add(
        messages.filter((message) => isCounted(group, message)),
        chunk.moves,
      );
    }
  }
  return days;
}

const isCounted = ({ recalled }: GroupState, message: CountedMessage & Pick<Message, 'recalled'>) =>
  !message.recalled && !has(recalled, message.seq);
