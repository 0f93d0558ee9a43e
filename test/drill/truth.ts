import { isDeepStrictEqual } from 'node:util';
import type { CountRange, Message, ReceiptPage } from '@seenby/protocol/entities.ts';
import {
  fetchCounts,
  fetchHistory,
  fetchList,
  type GroupAddress,
} from '../system/faults/stored-group.ts';
import type { Person } from './person.ts';

/** What the service has at the end, and what is wrong with it or with a client. */
export interface Truth {
  messages: number;
  acknowledged: number;
  receipts: number;
  wrong: string[];
}

/**
 * Compares all that was acknowledged with what is stored, and what every client shows with both.
 * Waits for the clients, for as long as a test waits.
 */
export async function findTruth(group: GroupAddress, people: readonly Person[]): Promise<Truth> {
  await Promise.all(people.map((person) => person.hasSaidAll()));
  const { messages: all, lastSeq } = await fetchHistory(group);
  // A seq that a refused or interrupted send took became no message, and is shown to nobody.
  const messages = all.filter(({ lost }) => !lost);
  await Promise.all(people.map((person) => person.hasRead(lastSeq)));
  const counts = await fetchCounts(group, lastSeq);
  const lists = await Promise.all(messages.map(({ seq }) => fetchList(group, seq)));
  const late = await Promise.all(people.map((person) => lateIn(person, messages, counts)));
  const acknowledged = people.flatMap((person) => person.acknowledged);
  return {
    messages: messages.length,
    acknowledged: acknowledged.length,
    receipts: lists.flatMap(({ members }) => members.filter(({ readAt }) => readAt !== null))
      .length,
    wrong: [
      ...lost(acknowledged, messages),
      ...messages.flatMap(({ seq }, i) => unread(seq, lists[i], people)),
      ...late.flat(),
    ],
  };
}

/** Acknowledged messages that are not stored as they were. */
function lost(acknowledged: readonly Message[], stored: readonly Message[]): string[] {
  const bySeq = new Map(stored.map((message) => [message.seq, message]));
  const ids = new Set(stored.map(({ messageId }) => messageId));
  return [
    ...(ids.size < stored.length ? ['a message is stored twice'] : []),
    ...acknowledged
      .filter(({ seq, messageId, content }) => {
        const found = bySeq.get(seq);
        return found?.messageId !== messageId || found.content !== content;
      })
      .map(({ seq, content }) => `message ${seq}, "${content}", was acknowledged and is lost`),
  ];
}

/** Readers that the list of a message does not have with a time. */
function unread(seq: number, list: ReceiptPage | undefined, people: readonly Person[]): string[] {
  const readers = new Set(
    list?.members.filter(({ readAt }) => readAt !== null).map(({ userId }) => userId),
  );
  return people
    .filter(({ userId, confirmedSeq }) => confirmedSeq >= seq && !readers.has(userId))
    .map(({ userId }) => `${userId} has read ${seq}, and the list does not say so`);
}

/** What a client has not come to show. */
async function lateIn(
  person: Person,
  messages: readonly Message[],
  counts: readonly CountRange[],
): Promise<string[]> {
  const shown = () =>
    person.group.messages.map((each) => ('seq' in each ? each.messageId : 'unsent'));
  const wanted = messages.map(({ messageId }) => messageId);
  const isShown = ({ seq }: Message): boolean => {
    const range = counts.find(({ fromSeq, toSeq }) => fromSeq <= seq && seq <= toSeq);
    const receipt = person.group.getReceipt(seq);
    return receipt?.read === range?.readCount && receipt?.total === range?.totalCount;
  };
  try {
    await person.until('the messages', () => isDeepStrictEqual(shown(), wanted));
    await person.until('the counts', () => messages.every(isShown));
    return [];
  } catch {
    const behind = messages.filter((message) => !isShown(message)).map(({ seq }) => seq);
    return [`${person.userId} shows ${shown().length} messages, and wrong counts of [${behind}]`];
  }
}
