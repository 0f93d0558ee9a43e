import type { ShownMessage } from '@seenby/client';

/** Messages that one author wrote one after the other: picture and name stand there once. */
export interface Run {
  readonly key: string;
  readonly senderId: string;
  readonly messages: readonly ShownMessage[];
  /** Whether the line for new messages goes above it. */
  readonly isFirstNew: boolean;
}

export interface Day {
  readonly key: string;
  /** A moment of the day, in epoch milliseconds. */
  readonly at: number;
  readonly runs: readonly Run[];
}

/** Whoever writes again after so long begins anew. */
const maxGapMs = 10 * 60_000;

/** The messages by day, and in each day by author. `firstNewSeq` begins a run of its own. */
export function daysOf(
  messages: readonly ShownMessage[],
  firstNewSeq: number | undefined,
): readonly Day[] {
  const days: { key: string; at: number; runs: (Run & { messages: ShownMessage[] })[] }[] = [];
  let before: ShownMessage | undefined;
  for (const message of messages) {
    const key = new Date(message.createdAt).toDateString();
    if (days.at(-1)?.key !== key) days.push({ key, at: message.createdAt, runs: [] });
    const isFirstNew = message.state === 'sent' && message.seq === firstNewSeq;
    const runs = days.at(-1)?.runs ?? [];
    const run = runs.at(-1);
    if (run && before && !isFirstNew && follows(before, message)) run.messages.push(message);
    else {
      const { senderId } = message;
      runs.push({ key: keyOf(message), senderId, messages: [message], isFirstNew });
    }
    before = message;
  }
  return days;
}

/** The same before and after the service has stored it. */
export const keyOf = ({ senderId, clientMessageId }: ShownMessage): string =>
  `${senderId} ${clientMessageId}`;

const follows = (before: ShownMessage, { senderId, createdAt }: ShownMessage): boolean =>
  before.senderId === senderId && createdAt - before.createdAt < maxGapMs;
