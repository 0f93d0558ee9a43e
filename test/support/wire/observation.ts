import type { CountedMessage, CountRange, Counts, ReceiptPage } from '@seenby/protocol/entities.ts';
import type { CountsAnswer, MessagePage } from '@seenby/protocol/http-answers.ts';
import { expect } from 'vitest';
import { eachSeq } from '../each-seq.ts';
import type { Conversation } from './conversation.ts';
import type { User } from './user.ts';

export interface Observation {
  history: MessagePage;
  counts: CountsAnswer | undefined;
  lists: ReceiptPage[];
  /** What each member's list of groups says. */
  unread: unknown[];
}

/** All that can be seen of a group of up to 100 messages: equal before and after means unwritten. */
export async function observe(conversation: Conversation): Promise<Observation> {
  const [viewer] = conversation.members as [User];
  const history = await conversation.history(viewer);
  const { lastSeq } = history;
  const seqs = Array.from({ length: lastSeq }, (_, i) => i + 1);
  const [counts, lists, unread] = await Promise.all([
    lastSeq > 0 ? conversation.counts(viewer, 1, lastSeq) : undefined,
    Promise.all(seqs.map((seq) => conversation.list(viewer, seq))),
    Promise.all(conversation.members.map((member) => member.get('/me/unread'))),
  ]);
  return { history, counts, lists, unread };
}

/** Counts by message. */
export const bySeq = (ranges: readonly CountRange[]): Map<number, Counts> =>
  new Map(eachSeq(ranges));

const countsOnly = ({
  readCount,
  deliveredCount,
  unreadCount,
  totalCount,
}: CountedMessage | ReceiptPage) => ({ readCount, deliveredCount, unreadCount, totalCount });

/** What a list shows, counted by hand. */
const countLines = ({ members }: ReceiptPage): Counts => {
  const readCount = members.filter(
    ({ readAt, withoutTime }) =>
      readAt !== null || withoutTime === 'read' || withoutTime === 'played',
  ).length;
  const deliveredCount = members.filter(
    ({ deliveredAt, withoutTime }) => deliveredAt !== null || withoutTime !== undefined,
  ).length;
  const totalCount = members.length;
  return { readCount, deliveredCount, unreadCount: totalCount - readCount, totalCount };
};

/** History, counts and lists say the same of every message, of which there is at least one; answers what that is. */
export async function expectAgreement(conversation: Conversation): Promise<Map<number, Counts>> {
  const { history, counts, lists } = await observe(conversation);
  const counted = bySeq(counts?.counts ?? []);
  expect(counted.size).toBeGreaterThan(0);
  expect([...counted.keys()]).toEqual(history.messages.map(({ seq }) => seq));
  for (const message of history.messages) {
    expect(countsOnly(message)).toEqual(counted.get(message.seq));
  }
  for (const list of lists) {
    expect(countsOnly(list)).toEqual(counted.get(list.seq));
    expect(countLines(list)).toEqual(counted.get(list.seq));
  }
  for (const { readCount, deliveredCount, unreadCount, totalCount } of counted.values()) {
    expect(readCount + unreadCount).toBe(totalCount);
    expect(deliveredCount).toBeGreaterThanOrEqual(readCount);
    expect(deliveredCount).toBeLessThanOrEqual(totalCount);
  }
  return counted;
}
