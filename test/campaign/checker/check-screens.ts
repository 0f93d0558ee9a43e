import type { Finding } from './finding.ts';
import type { StoredGroup, StoredList } from './stored-group.ts';

/** What a client with the SDK shows of a group that it has open. */
export interface Screen {
  client: string;
  userId: string;
  groupId: string;
  /** Those on their way are not among them. */
  messages: { seq: number; senderId: string; content: string }[];
  readSeq: number;
  unreadCount: number;
  counts: Record<number, { read: number; delivered: number; unread: number; total: number }>;
}

/** PU1: what is shown is what is stored. Older messages than the first that is loaded are not shown. */
export function checkScreen(group: StoredGroup, screen: Screen): Finding[] {
  const { groupId } = group;
  const differences = [...differencesOf(group, screen)];
  return differences.map((difference) => ({
    ...{ groupId, what: 'client shows something else' },
    detail: `${screen.client}: ${difference}`,
  }));
}

function* differencesOf(group: StoredGroup, screen: Screen): Generator<string> {
  const first = screen.messages[0]?.seq;
  const stored = group.messages.filter(({ lost, seq }) => !lost && seq >= (first ?? 1));
  const [shown, expected] = [screen.messages, stored].map((messages) =>
    messages.map(({ seq, senderId, content }) => `${seq} ${senderId}: ${content}`),
  );
  if (JSON.stringify(shown) !== JSON.stringify(expected)) {
    const missing = expected?.filter((line) => !shown?.includes(line)) ?? [];
    const more = shown?.filter((line) => !expected?.includes(line)) ?? [];
    yield `messages missing: ${missing.join(', ')}; more: ${more.join(', ')}`;
  }
  const position = group.positions.get(screen.userId)?.readSeq;
  if (screen.readSeq !== position) yield `position ${screen.readSeq}, stored ${position}`;
  const unread = unreadOf(group, screen.userId);
  if (screen.unreadCount !== unread) yield `${screen.unreadCount} unread, stored ${unread}`;
  for (const { seq } of stored) {
    const [shownCounts, list] = [screen.counts[seq], group.lists.get(seq)];
    if (!list || !isSame(shownCounts, list)) {
      yield `counts of message ${seq}: ${JSON.stringify(shownCounts)}, stored ${textOf(list)}`;
    }
  }
}

const unreadOf = ({ lists }: StoredGroup, userId: string): number =>
  [...lists.values()].filter(({ members }) =>
    members.some((line) => line.userId === userId && line.readAt === null),
  ).length;

const isSame = (shown: Screen['counts'][number] | undefined, list: StoredList): boolean =>
  shown !== undefined &&
  shown.read === list.readCount &&
  shown.delivered === list.deliveredCount &&
  shown.unread === list.unreadCount &&
  shown.total === list.totalCount;

const textOf = (list: StoredList | undefined): string =>
  JSON.stringify({
    ...{ read: list?.readCount, delivered: list?.deliveredCount },
    ...{ unread: list?.unreadCount, total: list?.totalCount },
  });
